"""Takes out of texts what names a person, their folders or their photos.

One thing keeps one name instead, so that what is said of it can still be told apart. A photo's becomes ``photo-`` and
eight hexadecimal digits of a keyed hash, the same wherever it stands in one bundle and different in the next, so that
nobody finds a name by trying names.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import platform
import re
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any

from chromadesk.images import PHOTO_SUFFIXES
from chromadesk.log import homeless

#: What a person wrote, or their initials.
_PRIVATE = frozenset({"note", "notes", "by", "author", "initials", "title", "recent", "user", "host"})
#: Other files whose names a person chose.
_OTHERS = ("tmp", "ase", "aco", "gpl", "acb", "csv", "css", "svg", "pdf", "zip", "html", "journal")
_SUFFIX = re.compile(
    r"\.(?:" + "|".join(sorted([each[1:] for each in PHOTO_SUFFIXES] + list(_OTHERS))) + r")(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: What hardly any name holds: the name of a photo that nobody knows is taken to begin behind it, rather too early.
_BEFORE = '/"\n\t<>|*?:;'
_LONGEST = 255


class Redaction:
    """``names``: the file names of the photos that are known; ``folders``: path -> what it is called instead."""

    def __init__(self, names: Collection[str] = (), folders: dict[str, str] | None = None) -> None:
        self._names = frozenset(names)
        self._salt = secrets.token_bytes(16)
        self._known: dict[str, str] = {}
        told = dict(folders or {})
        told |= {homeless(folder): instead for folder, instead in told.items()}  # as logs write it
        self._folders = [*sorted(told.items(), key=lambda pair: -len(pair[0])), (str(Path.home()), "~")]
        user, host = _user(), platform.node()
        words = [re.escape(word) for word in (user, host) if len(word) > 2 and word not in ("root", "localhost")]
        self._words = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else None

    def text(self, text: str) -> str:
        """``text`` without names."""
        for folder, instead in self._folders:
            if len(folder) > 1:
                text = text.replace(folder, instead)
        text = self._without_files(text)
        return self._words.sub("someone", text) if self._words else text

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

    def _without_files(self, text: str) -> str:
        parts = []
        done = 0
        for found in _SUFFIX.finditer(text):
            if found.end() <= done:
                continue
            begin = self._begin(text, done, found.start(), found.end())
            parts += [text[done:begin], self._called(text[begin : found.end()])]
            done = found.end()
        return "".join(parts) + text[done:]

    def _begin(self, text: str, least: int, suffix: int, end: int) -> int:
        """Where the name that ends at ``end`` begins: as a known one, the longest, else as far back as one may."""
        least = max(least, end - _LONGEST)
        for begin in range(least, suffix):
            if text[begin:end] in self._names:
                return begin
        return max(least, *(text.rfind(sign, least, suffix) + 1 for sign in _BEFORE))

    def _called(self, name: str) -> str:
        if name not in self._known:
            digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), key=self._salt, digest_size=4).hexdigest()
            kind = "photo" if Path(name).suffix.lower() in PHOTO_SUFFIXES else "file"
            self._known[name] = f"{kind}-{digest}"
        return self._known[name]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
