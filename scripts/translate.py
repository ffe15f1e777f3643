"""Gather what the studio says into resources/translations/*.ts, and make the .qm files that the studio reads.

    python scripts/translate.py            after a text was added or changed; then fill in what is said to be unfinished
    pyside6-linguist resources/translations/chromadesk_de.ts

A new language is a file of its own: its code added to ``words.LANGUAGES``, and this script. English has a file too, for
its plurals only.
"""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from chromadesk.studio.words import LANGUAGES  # noqa: E402  (this checkout's)

FOLDER = ROOT / "resources" / "translations"
_TOOLS = Path(PySide6.__file__).parent
#: words.mark is to lupdate what QT_TR_NOOP is: gathered, and translated when it is shown.
_GATHER = ["-tr-function-alias", "QT_TR_NOOP+=mark", "-no-obsolete", "-sort-messages", "-locations", "none", "-silent"]


def gather(ts: Path) -> None:
    """Bring ``ts`` up to date with the code; what is there already keeps its translation."""
    sources = sorted(str(path) for path in (ROOT / "chromadesk" / "studio").rglob("*.py"))
    plurals = ["-pluralonly"] if ts.stem.endswith("_en") else []
    _run("lupdate", *_GATHER, *plurals, "-source-language", "en", *sources, "-ts", str(ts))
    # Comments of the code that lupdate takes for words to the translator.
    text = re.sub(r"\s*<extracomment>.*?</extracomment>", "", ts.read_text(encoding="utf-8"), flags=re.DOTALL)
    ts.write_text(text, encoding="utf-8", newline="\n")


def compile_to(ts: Path, qm: Path) -> None:
    """Make ``qm`` of the finished texts in ``ts``."""
    _run("lrelease", "-silent", "-nounfinished", str(ts), "-qm", str(qm))


def unfinished(ts: Path) -> list[str]:
    """The texts in ``ts`` that have no translation yet."""
    messages = ElementTree.parse(ts).iter("message")
    return [each.findtext("source", "") for each in messages if _lacks(each.find("translation"))]


def _lacks(translation: ElementTree.Element | None) -> bool:
    if translation is None or translation.get("type") is not None:
        return True
    forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
    return not all(forms)


def _run(tool: str, *arguments: str) -> None:
    name = f"{tool}.exe" if sys.platform == "win32" else tool
    subprocess.run([str(_TOOLS / name), *arguments], check=True)


def main() -> int:
    """All languages; 1 when one is not finished."""
    left = 0
    for ts in (FOLDER / f"chromadesk_{language}.ts" for language in LANGUAGES):
        gather(ts)
        compile_to(ts, ts.with_suffix(".qm"))
        for text in unfinished(ts):
            left += 1
            print(f"{ts.name}: {text!r} is not translated yet")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
