"""chromadesk.garbage: nobody looks while it lasts, and everybody as before when it is over."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from chromadesk.garbage import unsought


@pytest.fixture(autouse=True)
def looked_for() -> Iterator[None]:
    """Whatever tests of the studio, which looks for itself, have left."""
    before = gc.isenabled()
    gc.enable()
    yield
    if not before:
        gc.disable()


@unsought()
def sought() -> bool:
    return gc.isenabled()


def test_as_before_when_it_is_over() -> None:
    with unsought(), unsought():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert not sought()
    with pytest.raises(KeyError), unsought():
        raise KeyError
    assert gc.isenabled()


def test_whoever_ends_first_leaves_it_to_the_last() -> None:
    first, second = unsought(), unsought()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_what_was_not_sought_before_is_not_afterwards() -> None:
    gc.disable()
    assert not sought()
    assert not gc.isenabled()
