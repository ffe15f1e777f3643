"""Words that may hold somebody else's: names of files, texts in them. Made fit for a line of a terminal or a window."""

from __future__ import annotations

import re

#: Characters of a sentence at most.
LONGEST = 400

# What moves a terminal's cursor, breaks a line, has no width, turns the way of reading (report\u202egpj.exe), or is
# half a character or a byte that is none.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
#: Finds what Python puts in place of a name's bytes that are no text; no database and no UTF-8 holds it.
NO_TEXT = re.compile("[\ud800-\udfff]")
_DEEP = re.compile(r"(?:[\\/][^\\/\s]+){3,}(?=[\\/])")


def visible(text: str) -> str:
    """``text`` on one line, as it is but for characters that nobody could see, which are written as \\n or \\xff."""
    return _UNSEEN.sub(_escape, text)


def counted(count: int, thing: str) -> str:
    """``count`` with what is counted, in the plural where there is not one."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def sentence(text: str) -> str:
    """``text`` visible and no longer than LONGEST: folders in deep paths go first, then what stands in the middle."""
    text = visible(text)
    if len(text) > LONGEST:
        text = _DEEP.sub(lambda found: f"{found[0][0]}…", text)
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 + 1 :]}"
    return text


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    if "\udc80" <= letter <= "\udcff":  # a byte of a name that is no text
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return letter.encode("unicode_escape").decode()
