"""Names that no person gives a photo, and what may lie in a folder under the name of one."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import numpy as np

_LONG = "n" * 251 + ".jpg"
#: Bytes, as file systems have them.
NAMES: tuple[bytes, ...] = (
    b"\xff\xfe.jpg",
    b"caf\xe9.jpg",
    b"\xed\xa0\x80.jpg",
    _LONG.encode(),
    ("\u00e4" * 125).encode() + b".jpg",
    ("\U0001f457" * 62).encode() + b".jpg",
    b"n" * 250 + b".jpeg",
    b"CON.jpg",
    b"nul.png.jpg",
    b"aux.jpg",
    b"COM1.jpg",
    b"trailing dot..jpg",
    b"trailing space .jpg",
    b"colon:stream.jpg",
    b'a<b>c"d|e?f*g.jpg',
    b"back\\slash.jpg",
    "photo\u202egpj.exe.jpg".encode(),
    "\u2066isolated\u2069.jpg".encode(),
    b"new\nline.jpg",
    b"tab\tstop\r.jpg",
    b"\x1b[2J\x1b]0;owned\x07.jpg",
    b"\x7f\x01\x02.jpg",
    b"-rf.jpg",
    b"--help.jpg",
    b"~root.jpg",
    b"$(touch canary).jpg",
    b"`touch canary`.jpg",
    b";touch canary;.jpg",
    b"%n%n%s%x.jpg",
    b"%2e%2e%2fcanary.jpg",
    b"=cmd|' calc'!A0.jpg",
    b"+1+1.jpg",
    b"-1-1.jpg",
    b"@SUM(A1).jpg",
    b"<img src=x onerror=alert(1)>.jpg",
    b"<b>bold.jpg",
    b"&amp;&lt;.jpg",
    b"'; DROP TABLE photos; --.jpg",
    b"]]>-->.jpg",
    b"{name}{0}{}.jpg",
    b"[red]rich[ bold].jpg",
    "cafe\u0301.jpg".encode(),
    "caf\u00e9.jpg".encode(),
    "\u212b.jpg".encode(),
    "\u0130\u0131.jpg".encode(),
    b"..jpg.jpg",
    b"...jpg",
    b" .jpg",
    "\u200b\u200b.jpg".encode(),
    "\u2028line\u2029.jpg".encode(),
    b"1" * 200 + b".jpg",
    "\u0663\u00b2.jpg".encode(),
    b".journal.jpg",
    b"split.json.jpg",
    b"index.sqlite.jpg",
    b"UPPER.JPG",
    b"upper.jpg.JPG",
)


def name(number: int) -> bytes:
    """The name of this number: one of NAMES, then ones made of pieces of them."""
    if number < len(NAMES):
        return NAMES[number]
    random = np.random.default_rng([9, number])
    parts = [NAMES[index][:-4] for index in random.integers(0, len(NAMES), 3)]
    joined = b"".join(part[: int(random.integers(1, 60))] for part in parts)
    return joined.replace(b"/", b"_").replace(b"\0", b"_").lstrip(b".")[:251] + b".jpg"


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(path.parent)  # their names may have a hundred bytes only
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inner.jpg").write_bytes(b"")


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _chain(path: Path) -> None:
    for number in range(50):
        (path.parent / f".chain{number}").symlink_to(f".chain{number + 1}")
    path.symlink_to(".chain0")


def _unreadable(path: Path) -> None:
    path.write_bytes(b"\xff\xd8")
    path.chmod(0)


def _above(path: Path) -> None:
    path.symlink_to("..")


#: What is made under a photo's name, and that must neither block nor hinder the photos beside it.
THINGS: dict[str, Callable[[Path], None]] = {
    "pipe": _fifo,
    "socket": _socket,
    "folder": _folder,
    "link to itself": _circle,
    "chain of links": _chain,
    "link to nothing": lambda path: path.symlink_to("nowhere"),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link to a pipe of bytes": lambda path: path.symlink_to("/dev/random"),
    "link out": lambda path: path.symlink_to("/etc/passwd"),
    "link to a folder": lambda path: path.symlink_to("/etc"),
    "link above": _above,
    "unreadable": _unreadable,
    "empty": lambda path: path.write_bytes(b""),
    "sparse": lambda path: _sparse(path),
}


def _sparse(path: Path) -> None:
    """A terabyte of nothing."""
    with open(path, "wb") as handle:
        handle.write(b"\xff\xd8\xff")
        handle.truncate(2**40)
