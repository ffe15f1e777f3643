"""Who a process of a training is, and what is refused."""

from __future__ import annotations

import pytest

from chromadesk.errors import InputError
from chromadesk.learning.launch import Fleet, run


def test_ranks_are_numbered_over_the_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    fleet = Fleet(devices=4, nodes=2, node=1, address="first:1234")
    said = fleet.environment(3, "first", 1234)
    assert {name: said[name] for name in ("RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE")} == {
        "RANK": "7",
        "LOCAL_RANK": "3",
        "WORLD_SIZE": "8",
        "LOCAL_WORLD_SIZE": "4",
    }
    assert (said["MASTER_ADDR"], said["MASTER_PORT"]) == ("first", "1234")
    assert int(said["OMP_NUM_THREADS"]) >= 1


def test_what_cannot_meet_is_refused() -> None:
    with pytest.raises(InputError, match=r"give each --address HOST:PORT of node 0"):
        Fleet(nodes=2)
    with pytest.raises(InputError, match="no node 2 of 2"):
        Fleet(nodes=2, node=2, address="first")
    for wrong in (":1", "first:port"):
        with pytest.raises(InputError, match="is no address"):
            Fleet(nodes=2, address=wrong)


def test_a_machine_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match=r"No machine is known as nobody\.invalid"):
        run(Fleet(nodes=2, address="nobody.invalid:1"))
