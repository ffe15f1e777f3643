"""Settings: only what differs is kept, and a broken file stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from chromadesk import settings


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No settings before and after."""
    settings.path().unlink(missing_ok=True)
    yield
    for left in settings.path().parent.glob("settings*"):
        left.unlink()


def test_the_table_is_sound() -> None:
    assert len({setting.name for setting in settings.TABLE}) == len(settings.TABLE)
    for setting in settings.TABLE:
        assert setting.allows(setting.default)
        assert setting.help


def test_the_file_holds_only_what_differs() -> None:
    assert settings.get("keys") == {}
    settings.put("keys", {"save": "Ctrl+W"})
    assert settings.get("keys") == {"save": "Ctrl+W"}
    assert json.loads(settings.path().read_text()) == {"keys": {"save": "Ctrl+W"}}
    settings.put("keys", {})
    assert json.loads(settings.path().read_text()) == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b'{"keys": 3}', b"[" * 100_000])
def test_a_broken_file_counts_as_none_and_is_put_aside(content: bytes) -> None:
    settings.path().parent.mkdir(parents=True, exist_ok=True)
    settings.path().write_bytes(content)
    assert settings.get("keys") == {}
    settings.put("recent", [{"folder": "/x"}])
    assert settings.get("recent") == [{"folder": "/x"}]
    assert settings.get("keys") == {}
    aside = settings.path().with_suffix(".broken.json")
    if content != b'{"keys": 3}':
        assert aside.read_bytes() == content


def test_what_a_newer_version_wrote_stays() -> None:
    settings.path().parent.mkdir(parents=True, exist_ok=True)
    settings.path().write_text('{"of the future": 7}')
    settings.put("keys", {"save": "Ctrl+W"})
    assert json.loads(settings.path().read_text()) == {"of the future": 7, "keys": {"save": "Ctrl+W"}}


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="recent"):
        settings.put("recent", {"no": "list"})
    with pytest.raises(ValueError, match="recent"):
        settings.put("recent", [0] * 13)
    with pytest.raises(KeyError):
        settings.get("colour of the moon")
    assert not settings.path().exists()


def test_true_is_no_number() -> None:
    number = settings.Setting("n", int, 1, (0, 5), "a number")
    assert number.allows(5)
    assert not number.allows(6)
    assert not number.allows(True)
