"""Text in files: of an encoding that is not said; in tables that spreadsheets open."""

from __future__ import annotations

from chromadesk.colour.formats.swatchfile import Malformed

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 with or without their mark, else what Western Windows writes. Raises Malformed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff")
    raise Malformed("it is not text")


def guarded(text: str) -> str:
    """``text`` for a cell of a .csv: a spreadsheet takes what begins with one of these for a formula, and runs it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
