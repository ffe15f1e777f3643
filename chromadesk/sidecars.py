"""Where a small file about a photo lies: under the photo's own key, however long its name is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

#: Bytes of a name that every file system takes.
LONGEST = 255
_KEPT = 150
#: A shorter key, in characters, is never cut, whatever it ends in.
_SHORT = 50


def beside(folder: Path, key: str, suffix: str) -> Path:
    """The file about the photo ``key`` in ``folder``, which ends in ``suffix``."""
    return folder / f"{fitting(key, suffix)}{suffix}"


def fitting(key: str, suffix: str) -> str:
    """``key``; its last part cut, and a checksum behind it, where with ``suffix`` the name would be too long."""
    above, slash, name = key.rpartition("/")
    data = name.encode("utf-8", "surrogateescape")
    if len(data) + len(suffix) <= LONGEST:
        return key
    mark = hashlib.sha256(data).hexdigest()[:16]
    return f"{above}{slash}{data[:_KEPT].decode('utf-8', 'ignore')}~{mark}"


def cut_keys(keys: Iterable[str], suffix: str) -> dict[str, str]:
    """What ``fitting`` makes of those of ``keys`` that are so long that it may cut them, and the key that it is."""
    return {fitting(key, suffix): key for key in keys if len(key) > _SHORT}
