"""The text of a file that says nothing of its encoding."""

from __future__ import annotations

from chromadesk.colour.formats.swatchfile import Malformed


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
