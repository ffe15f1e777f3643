"""Short turns of the campaigns against the disk; and that they notice a writer that is careless."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.faults import storage, writes
from tests.faults.harness import Campaign, Turn
from tests.faults.writes import WITHOUT_TORCH, Write

ROW3, ROW4, ROW14 = storage.CAMPAIGNS
QUICK = ("journal", "mask", "settings", "job", "copy")


def _careless(path: Path, number: int) -> None:
    path.write_bytes(bytes([number]) * 3000)


def _forgetful(path: Path, number: int) -> None:
    temporary = path.with_name("x.tmp")
    temporary.write_bytes(bytes([number]) * 3000)
    temporary.replace(path)


CARELESS = (
    Write("in place", lambda f: _careless(f / "a", 0), lambda f, _: _careless(f / "a", 1), writes._bytes("a")),
    Write("left", lambda f: _forgetful(f / "a", 0), lambda f, _: _forgetful(f / "a", 1), writes._bytes("a")),
)


@pytest.mark.parametrize("name", QUICK)
def test_whatever_call_fails_the_file_is_old_or_new(tmp_path: Path, name: str) -> None:
    turn = Turn(0, 1, tmp_path)
    write = next(each for each in WITHOUT_TORCH if each.name == name)
    storage.walk(turn, write, sticky=name != "mask", reason=errno.EIO)
    assert turn.failures == []


@pytest.mark.parametrize("write", CARELESS, ids=["in place", "left"])
def test_a_careless_writer_is_noticed(tmp_path: Path, write: Write) -> None:
    turn = Turn(0, 1, tmp_path)
    with pytest.raises(OSError, match="No space"):  # nor does it say so in words
        storage.walk(turn, write, sticky=False, reason=errno.ENOSPC)
    careful = Write(write.name, write.begin, lambda f, _: _in_words(write, f), write.look)
    storage.walk(turn, careful, sticky=False, reason=errno.ENOSPC)
    assert turn.failures


def _in_words(write: Write, folder: Path) -> None:
    from chromadesk.errors import StorageError

    try:
        write.change(folder, None)
    except OSError as error:
        raise StorageError("refused") from error


@pytest.mark.parametrize("size", [0, 50, 400])
def test_files_that_may_not_grow(tmp_path: Path, size: int) -> None:
    turn = Turn(0, 1, tmp_path)
    for write in WITHOUT_TORCH:
        if write.name in ("save", "journal"):
            storage.narrow(turn, write, size)
    assert turn.failures == []


@pytest.mark.slow
@pytest.mark.parametrize(("campaign", "amount"), [(ROW3, 16), (ROW4, 20), (ROW14, 1)], ids=["3", "4", "14"])
def test_a_turn(campaign: Campaign, amount: int) -> None:
    if campaign is ROW4 and not storage.small_disks():
        pytest.skip("no namespaces, so no small disk: sysctl kernel.unprivileged_userns_clone=1, or run as root")
    campaign.check(seed=1000, amount=amount)
