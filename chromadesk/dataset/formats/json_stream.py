"""JSON files larger than memory: the elements of their long lists one by one, read and written."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from chromadesk import files, reading
from chromadesk.errors import DatasetError

_CHUNK = 1 << 20
#: One element larger than this is no annotation of a photo.
_LARGEST = 256 << 20
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


def places(path: Path) -> Iterator[tuple[str, int, int]]:
    """(list, start, end) of every element of the lists that the object in ``path`` holds, in bytes; where the file is
    itself a list, its name is empty. Values that are no lists are passed over. Raises DatasetError.
    """
    with _in_words(path), opened(path) as handle:
        window = _Window(handle)
        if window.peek() == "[":
            for start, end in _elements(window):
                yield "", start, end
            return
        window.expect("{")
        while window.peek() != "}":
            start, end = window.value()
            key = str(window.decoded(start, end))
            window.expect(":")
            if window.peek() == "[":
                for start, end in _elements(window):
                    yield key, start, end
            else:
                window.value()
            if window.peek() == ",":
                window.expect(",")


def opened(path: Path) -> IO[bytes]:
    """The plain file at ``path``, open for reading. Raises DatasetError."""
    with _in_words(path):
        return reading.opened(path)


def element(handle: IO[bytes], start: int, end: int, path: Path) -> dict[str, Any]:
    """The object between two places of the open file ``path``. Raises DatasetError when it is none."""
    with _in_words(path):
        handle.seek(start)
        value = json.loads(handle.read(end - start))
    if not isinstance(value, dict):
        raise DatasetError(f"{path} has {str(value)[:40]!r} where an object should be; export it again.")
    return value


def whole(path: Path, most: int = _LARGEST) -> dict[str, Any]:
    """The object that a JSON file of at most ``most`` bytes holds. Raises DatasetError."""
    with _in_words(path), opened(path) as handle:
        data = handle.read(most + 1)
        if len(data) > most:
            raise DatasetError(f"{path} is larger than {most >> 20} MB, which no such file is; leave it out.")
        value = json.loads(data)
    if not isinstance(value, dict):
        raise DatasetError(f"{path} holds no JSON object; export it again.")
    return value


class Lists:
    """Lists of one JSON object that grow on disk; ``finish`` puts them together."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._parts = {name: tempfile.TemporaryFile() for name in names}  # noqa: SIM115 -- closed by close()
        self.counts = dict.fromkeys(names, 0)

    def add(self, name: str, value: object) -> None:
        """Append ``value`` to the list ``name``."""
        part = self._parts[name]
        part.write(b",\n" if self.counts[name] else b"\n")
        part.write(json.dumps(value, separators=(",", ":")).encode())
        self.counts[name] += 1

    def finish(self, path: Path, fields: dict[str, Any] | None) -> None:
        """Write ``fields`` and the lists as one object; ``fields`` None: the only list alone. Raises StorageError."""
        with files.replacing(path) as temporary, temporary.open("wb") as handle:
            if fields is not None:
                handle.write(json.dumps(fields)[:-1].encode())
            for number, (name, part) in enumerate(self._parts.items()):
                if fields is not None:
                    handle.write((", " if fields or number else "").encode() + json.dumps(name).encode() + b": ")
                handle.write(b"[")
                part.seek(0)
                shutil.copyfileobj(part, handle, _CHUNK)
                handle.write(b"\n]")
            handle.write(b"\n" if fields is None else b"}\n")

    def close(self) -> None:
        """Let go of what is on disk."""
        for part in self._parts.values():
            part.close()


class _Window:
    """A part of an open file, which moves on; bytes as Latin-1, in which the marks of JSON are what they are."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle, self._text, self._before, self._at, self._ended = handle, "", 0, 0, False

    def peek(self) -> str:
        """The next letter that is no space, not taken. Raises ValueError at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                raise ValueError("it ends too early")

    def expect(self, letter: str) -> None:
        """Take ``letter``. Raises ValueError for another."""
        if (found := self.peek()) != letter:
            raise ValueError(f"{found!r} in place of {letter!r} at byte {self._before + self._at:,}")
        self._at += 1

    def value(self) -> tuple[int, int]:
        """Where the next value lies, from byte to byte, taken. Raises ValueError."""
        self.peek()
        while True:
            try:
                _, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():  # a number might go on
                start, self._at = self._at, end
                return self._before + start, self._before + end

    def decoded(self, start: int, end: int) -> object:
        """The value that was just taken."""
        return json.loads(self._text[start - self._before : end - self._before])

    def _more(self) -> bool:
        """Read on, at least as much again as there is; whether there was more."""
        self._text = self._text[self._at :]
        self._before, self._at = self._before + self._at, 0
        if len(self._text) > _LARGEST:
            raise ValueError("one of its entries is larger than 256 MB")
        data = self._handle.read(max(_CHUNK, len(self._text)))
        self._text += data.decode("latin-1")
        return bool(data)


def _elements(window: _Window) -> Iterator[tuple[int, int]]:
    window.expect("[")
    while window.peek() != "]":
        yield window.value()
        if window.peek() != "]":
            window.expect(",")
    window.expect("]")


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error}); check its name.") from error
    except (ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise DatasetError(f"{path} is no sound JSON ({reason}); export it again.") from error
