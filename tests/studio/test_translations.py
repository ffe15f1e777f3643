"""The files of Qt Linguist are complete and up to date: everything the studio says is in them, and finished."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from chromadesk.studio.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    """scripts/translate.py."""
    spec = importlib.util.spec_from_file_location("translate", ROOT / "scripts" / "translate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_up_to_date_and_finished(translate: ModuleType, tmp_path: Path, language: str) -> None:
    kept = FOLDER / f"chromadesk_{language}.ts"
    again = Path(shutil.copy(kept, tmp_path))
    translate.gather(again)
    assert again.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), "run scripts/translate.py"
    assert translate.unfinished(kept) == []
    made = tmp_path / "made.qm"
    translate.compile_to(kept, made)
    assert made.read_bytes() == kept.with_suffix(".qm").read_bytes(), "run scripts/translate.py"


def test_a_new_language_gets_a_file_with_every_text(translate: ModuleType, tmp_path: Path) -> None:
    ts = tmp_path / "chromadesk_fr.ts"
    translate.gather(ts)
    assert ElementTree.parse(ts).getroot().get("language", "").startswith("fr")
    texts = [message.findtext("source") for message in ElementTree.parse(FOLDER / "chromadesk_de.ts").iter("message")]
    assert sorted(translate.unfinished(ts)) == sorted(texts)


def test_a_text_that_has_no_translation_is_named(translate: ModuleType, tmp_path: Path) -> None:
    ts = tmp_path / "chromadesk_de.ts"
    ts.write_text(
        '<TS version="2.1" language="de"><context><name></name>'
        "<message><source>done</source><translation>fertig</translation></message>"
        '<message><source>open</source><translation type="unfinished"></translation></message>'
        '<message numerus="yes"><source>%n</source><translation><numerusform>1</numerusform><numerusform></numerusform>'
        "</translation></message></context></TS>",
        encoding="utf-8",
    )
    assert translate.unfinished(ts) == ["open", "%n"]


def test_every_translation_keeps_names_numbers_and_endings() -> None:
    for message in ElementTree.parse(FOLDER / "chromadesk_de.ts").iter("message"):
        source = message.findtext("source", "")
        translation = message.find("translation")
        assert translation is not None
        for said in [form.text for form in translation.iter("numerusform")] or [translation.text]:
            assert said is not None
            assert sorted(_fields(said)) == sorted(_fields(source)), source
            assert said.count("\n") == source.count("\n"), source
            assert said.partition("\t")[2] == source.partition("\t")[2], source
            assert said.endswith("…") == source.endswith("…"), source
            if len(source) > 12:  # and not short for something
                assert said.endswith(".") == source.endswith("."), source


def test_everything_said_is_gathered() -> None:
    """lupdate sees neither a call within an f-string nor a text that is not written out."""
    gathered = {
        (message.findtext("source"), message.findtext("comment", ""))
        for message in ElementTree.parse(FOLDER / "chromadesk_de.ts").iter("message")
    }
    for path in (ROOT / "chromadesk" / "studio").rglob("*.py"):
        for call in _calls(path):
            place = f"{path.name}:{call.lineno}"
            text = call.args[0]
            assert not isinstance(text, ast.JoinedStr), f"{place}: an f-string cannot be translated"
            if isinstance(text, ast.Constant):
                comment = call.args[1].value if len(call.args) > 1 and isinstance(call.args[1], ast.Constant) else ""
                assert (text.value, comment) in gathered, place


def _fields(text: str) -> list[str]:
    """What is filled in."""
    return re.findall(r"\{\w+\}|%L?n|@[a-z_.]+", text)


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "mark"):
            yield node
