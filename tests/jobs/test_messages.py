"""Messages survive the pipe whatever they hold, one line each; what is no message is refused as such."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chromadesk.errors import JobError
from chromadesk.jobs import messages
from chromadesk.jobs.messages import Failed, Finished, Message, Metrics, Progress, Started, Warned, decode, encode

numbers = st.floats(-1e14, 1e14)
whole = st.integers(-(10**14), 10**14)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
any_message: st.SearchStrategy[Message] = st.one_of(
    st.builds(Started, st.text(), whole),
    st.builds(Progress, whole, whole, st.text(), st.none() | numbers),
    st.builds(Metrics, numbers, st.dictionaries(st.text(), numbers)),
    st.builds(Warned, st.text()),
    st.builds(Finished, st.dictionaries(st.text(), values, max_size=4)),
    st.builds(Failed, st.text(), st.integers(0, 255)),
)


@given(any_message)
def test_every_message_comes_back_from_one_line(message: Message) -> None:
    line = encode(message)
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert decode(line) == message
    assert decode(line + "\n") == message


def test_the_lines_name_their_kind() -> None:
    line = encode(Progress(3, 10, "0481.jpg", 4.5))
    assert json.loads(line) == {"type": "Progress", "done": 3, "total": 10, "text": "0481.jpg", "seconds_left": 4.5}
    assert decode('{"type": "Started", "kind": "train"}') == Started("train", 0)


@given(st.text())
@example('{"type": "Progress"}')
@example('{"type": "Nothing"}')
@example('{"type": ["Started"]}')
@example('{"type": "Warned", "text": "x", "more": 1}')
@example("[]")
@example("null")
@example("[" * 100_000)
@example('{"type": "Progress", "done": "x", "total": []}')
@example('{"type": "Progress", "done": 1, "total": NaN}')
@example('{"type": "Progress", "done": true, "total": 2}')
@example('{"type": "Started", "kind": 7}')
@example('{"type": "Metrics", "epoch": 1, "values": {"loss": "low"}}')
@example('{"type": "Metrics", "epoch": 1e999}')
@example('{"type": "Device", "name": "x", "total": 1e300}')
@example('{"type": "Finished", "result": [1]}')
@example('{"type": "Failed", "text": null}')
@example("Traceback (most recent call last):")
def test_anything_else_is_a_job_error(line: str) -> None:
    with pytest.raises(JobError, match="Not a job message"):
        decode(line)


def test_the_defaults_for_callers_without_a_pipe() -> None:
    messages.ignore(Warned("heard by nobody"))
    assert messages.never() is False
