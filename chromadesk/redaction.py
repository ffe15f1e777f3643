"""Takes out of texts what names a person, their folders or their photos.

One thing keeps one name instead, so that what is said of it can still be told apart. A photo's becomes ``photo-`` and
eight hexadecimal digits of a keyed hash, the same wherever it stands in one bundle and different in the next, so that
nobody finds a name by trying names; so do folders, other files (which keep their suffix), and what else has a name. Of
a path that is not the program's or the system's own every part goes.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
import re
import secrets
import sys
import sysconfig
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from chromadesk import homes
from chromadesk.listing import PHOTO_SUFFIXES
from chromadesk.log import homeless
from chromadesk.models import library

#: What a person wrote, or their initials.
_PRIVATE = frozenset({"note", "notes", "by", "author", "initials", "title", "recent", "user", "host"})
#: Other files whose names a person chose.
_OTHERS = (
    *("tmp", "ase", "aco", "gpl", "acb", "csv", "css", "svg", "pdf", "zip", "html", "journal", "json", "safetensors"),
    *("pt", "pth", "toml", "onnx", "sqlite"),
)
_SUFFIX = re.compile(
    r"\.(?:" + "|".join(sorted([each[1:] for each in PHOTO_SUFFIXES] + list(_OTHERS))) + r")(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: Files and folders that are called so by the program, or on every system: they name nobody.
_PLAIN = frozenset(
    {
        *("A", "B", "train", "test", "data", "dataset", "datasets", "photos", "images", "pictures", ".", ".."),
        *(".chromadesk", "aside", "backups", "boards", "colours", "conflicts", "decisions", "jobs", "journal", "logs"),
        *("crashes", "models", "proposals", "provenance", "split.json", "index.sqlite", "studio.lock", "request.json"),
        *("messages.jsonl", "outcome.json", "worker.json", "heartbeat", "stop", "log.txt", "queued", "times.json"),
        *("promoted", "settings.json", "versions.json", "doctor.json", "pyproject.toml", "chromadesk", "state", "log"),
        *("home", "media", "mnt", "srv", "tmp", "var", "run", "opt", "root", "Users", "Volumes", "Documents"),
        *("Desktop", "Downloads", "Pictures", ".config", ".local", ".cache", "share"),
        *(path.stem for path in library.bundled()),
        *(path.name for path in library.bundled()),
    }
)
_JOB = re.compile(r"\d{8}-\d{6}(-[a-z]+)?(-\d+)?")
#: What hardly any name holds: the name of a photo that nobody knows is taken to begin behind it, rather too early.
_BEFORE = "/\n\t<>|*?:;\ue001"
_LONGEST = 255
#: Where a path begins that says where on the machine it leads (not the one in an address of the web), or one that is
#: told from a folder that already has another name.
_PATH = re.compile(
    r"(?:(?<=file://)/|(?<![\w.:/-])/+|(?<=:)/(?!/))(?=[^\s/])"
    r"|(?<!\w)[A-Za-z]:[\\/]|(?<![\w\\])\\\\(?=\w)|(?<![\w~])(?:~|DATASET(?:-\d+)?)[\\/]+"
)
#: Where it ends at the latest, but for the quote that began before it.
_END = re.compile(r"""[\n\t<>|*?:;]|'(?=[\s,:;)\]}.]|$)""")
#: Words of a sentence, of which a path's last name is taken to hold none, where it has no suffix.
_SENTENCE = re.compile(
    r"[.,)\]}]*(?:\s+(?:a|already|and|are|as|at|because|been|but|by|can|cannot|could|did|does|exists|for|from|had|has|"
    r"have|holds|in|into|is|it|its|may|must|no|not|of|on|or|said|says|so|than|that|the|then|there|to|was|were|where|"
    r"which|while|will|with|would)\b.*|\s*)$",
    re.DOTALL,
)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,11}(?=[\s,)\]}']|\.?$|\.\s)")
#: Stands in for what is done with; a private character each, which no text of ours holds.
_HELD = re.compile("\ue000(\\d+)\ue001")


class Redaction:
    """``names``: the file names of the photos that are known; ``folders``: path -> what it is called instead;
    ``words``: whatever else has a name, such as a board or a data set, which goes as a whole word.
    """

    def __init__(
        self, names: Collection[str] = (), folders: dict[str, str] | None = None, words: Collection[str] = ()
    ) -> None:
        self._names = frozenset(names)
        self._salt = secrets.token_bytes(16)
        self._known: dict[tuple[str, str], str] = {}
        told = dict(folders or {})
        told |= {homeless(folder): instead for folder, instead in told.items()}  # as logs write it
        told.setdefault(str(homes.home()), "~")
        whole = [re.escape(folder) for folder in sorted(told, key=len, reverse=True) if len(folder) > 1]
        self._told = told
        # Only whole folders: /data/Weber is none in /data/Weber-alt, nor in /mnt/data/Weber.
        self._folders = re.compile(rf"(?<![\w.~-])(?:{'|'.join(whole)})(?=[\s/\\\"'<>|,:;)\]}}]|\.?$|\.\s)")
        self._own = tuple(sorted({each for path in _own() for each in (path, homeless(path))}))
        people = {word for word in (_user(), platform.node()) if len(word) > 2 and word not in ("root", "localhost")}
        self._people = _any(people)
        plain = {each.lower() for each in _PLAIN}
        self._words = _any({word for word in words if len(word) > 1 and word.lower() not in plain})

    def text(self, text: str) -> str:
        """``text`` without names."""
        held: list[str] = []

        def hold(said: str) -> str:
            held.append(said)
            return f"\ue000{len(held) - 1}\ue001"

        def back(text: str) -> str:
            return _HELD.sub(lambda found: held[int(found[1])], text)

        text = text.replace("\ue000", "?").replace("\ue001", "?")
        text = self._folders.sub(lambda found: self._told[found[0]], text)
        text = self._without_files(text, lambda name: hold(self._called(name)), known=True)
        text = self._without_paths(text, lambda name: hold(back(name)))
        if self._words:
            text = self._words.sub(lambda found: hold(self._word(found[0])), text)
        text = back(self._without_files(text, lambda name: hold(self._called(back(name)))))
        return self._people.sub("someone", text) if self._people else text

    def lines(self, text: str) -> str:
        """The same of a file of JSON lines, plain ones between."""
        return "".join(self._line(line) + "\n" for line in text.splitlines())

    def value(self, value: Any) -> Any:
        """The same of what JSON holds; what a person wrote goes altogether."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            return {self.text(name): self.value(each) for name, each in value.items() if name not in _PRIVATE}
        return value

    def _line(self, line: str) -> str:
        try:
            return json.dumps(self.value(json.loads(line)))
        except (ValueError, RecursionError):
            return self.text(line)

    def _without_files(self, text: str, called: Callable[[str], str], known: bool = False) -> str:
        """``text`` with ``called`` for each name of a file; ``known``: only of the photos that are."""
        parts = []
        done = 0
        for found in _SUFFIX.finditer(text):
            if found.end() <= done:
                continue
            begin = self._begin(text, done, found.start(), found.end())
            name = text[begin : found.end()]
            if (known and name not in self._names) or name.rpartition(" ")[2] in _PLAIN:
                continue
            parts += [text[done:begin], called(name)]
            done = found.end()
        return "".join(parts) + text[done:]

    def _begin(self, text: str, least: int, suffix: int, end: int) -> int:
        """Where the name that ends at ``end`` begins: as a known one, the longest, else as far back as one may."""
        least = max(least, end - _LONGEST)
        for begin in range(least, suffix):
            if text[begin:end] in self._names:
                return begin
        least = max(least, *(text.rfind(sign, least, suffix) + 1 for sign in _BEFORE))
        # Quotes within the name are part of it; one before it is not, but only where the name ends with one, too.
        return _quote_before(text, least, suffix) if text[end : end + 1] == '"' else least

    def _without_paths(self, text: str, called: Callable[[str], str]) -> str:
        parts = []
        done = 0
        while found := _PATH.search(text, done):
            ended = _END.search(text, found.end())
            run = text[found.start() : ended.start() if ended else len(text)]
            if text[: found.start()].rstrip("\\").endswith('"'):
                run = run[: _quote_behind(run)]
            if own := next((each for each in self._own if _leads_into(run, each)), ""):
                end = found.start() + len(own) + len(re.split(r"[\s,]", run[len(own) :], maxsplit=1)[0])
                parts.append(text[done:end])
                done = end
                continue
            run = run[: _length(run)]
            start = len(found[0])
            *above, last = re.split(r"([\\/]+)", run[start:])
            names = [each if number % 2 else self._part(each, "folder") for number, each in enumerate(above)]
            parts += [text[done : found.start()], called(found[0] + "".join(names) + self._part(last, ""))]
            done = found.start() + len(run)
        return "".join(parts) + text[done:]

    def _part(self, name: str, kind: str) -> str:
        """One part of a path."""
        plain = not name or name in _PLAIN or _JOB.fullmatch(name) or _HELD.fullmatch(name)
        return name if plain else self._called(name, kind)

    def _word(self, word: str) -> str:
        """A known word, or the file called so."""
        return self._called(word) if _SUFFIX.search(word) else self._called(word.lower(), "name")

    def _called(self, name: str, kind: str = "") -> str:
        suffix = Path(name).suffix
        if not kind:
            kind = "photo" if suffix.lower() in PHOTO_SUFFIXES else "file" if _ENDING.fullmatch(suffix) else "folder"
        if (name, kind) not in self._known:
            digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), key=self._salt, digest_size=4).hexdigest()
            self._known[name, kind] = f"{kind}-{digest}{suffix if kind == 'file' else ''}"
        return self._known[name, kind]


def _length(run: str) -> int:
    """How much of ``run``, which begins with a path, is the path."""
    begin = max(run.rfind("/"), run.rfind("\\")) + 1
    last = run[begin:]
    if found := _HELD.match(last):
        return begin + found.end()
    for ending in (_SUFFIX, _ENDING):
        if found := ending.search(last):
            return begin + found.end()
    found = _SENTENCE.search(last)
    return begin + found.start() if found else len(run)


def _opens(text: str, at: int) -> bool:
    """Whether the quote at ``at`` looks like one that begins something."""
    return (at == 0 or text[at - 1] in " \t\n\\/([{=,:") and not text[at + 1 : at + 2].isspace()


def _quote_before(text: str, least: int, end: int) -> int:
    """Behind the quote that begins what a quote at ``end`` ends: those in pairs between belong to it."""
    inner = 0
    for found in reversed([*re.finditer('"', text[least:end])]):
        at = least + found.start()
        if not _opens(text, at):
            inner += 1
        elif inner:
            inner -= 1
        else:
            return at + 1
    return least


def _quote_behind(run: str) -> int:
    """Where the quote stands that ends ``run``, which began with one: those in pairs before belong to it."""
    inner = 0
    for found in re.finditer('"', run):
        if _opens(run, found.start()):
            inner += 1
        elif inner:
            inner -= 1
        else:
            return found.start()
    return len(run)


def _leads_into(path: str, folder: str) -> bool:
    return path.startswith(folder) and path[len(folder) : len(folder) + 1] in ("", "/", "\\", " ") and ".." not in path


def _own() -> set[str]:
    """Folders of the program, of Python and of the system, in which nobody's name is to be feared."""
    code = {sys.prefix, sys.base_prefix, str(Path(__file__).parent), *sysconfig.get_paths().values()}
    system = {"/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/dev", "/bin", "/sbin", "C:\\Windows"}
    return {each.rstrip(os.sep) for each in code | system if len(each) > 1}


def _any(words: Collection[str]) -> re.Pattern[str] | None:
    """Finds any of ``words`` where it is no part of a longer one, with the suffix if it is a file's."""
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    if not words:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?:{_SUFFIX.pattern}|(?!\w))", re.IGNORECASE)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
