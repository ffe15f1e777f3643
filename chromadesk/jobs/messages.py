"""What a long piece of work says while it runs: frozen dataclasses, one JSON object a line on a pipe or in a file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chromadesk import reading
from chromadesk.errors import JobError

#: As makers of graphics cards count.
_GB = 2**30


@dataclass(frozen=True)
class Started:
    """Work has begun; ``total`` steps are expected (0: unknown)."""

    kind: str
    total: int = 0


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` steps; ``text`` names the present one; ``seconds_left`` is None while unknown."""

    done: int
    total: int
    text: str = ""
    seconds_left: float | None = None


@dataclass(frozen=True)
class Metrics:
    """Figures of one epoch or step, by name (``loss``, ``miou``, ``lr`` ...)."""

    epoch: float
    values: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Device:
    """What the work runs on; ``used`` of ``total`` bytes of a GPU's memory are taken, by whomever (0: no GPU)."""

    name: str
    used: int = 0
    total: int = 0

    @property
    def sentence(self) -> str:
        """``CPU, 2 cores`` or ``NVIDIA H100, 41 of 80 GB in use``."""
        if not self.total:
            return self.name
        return f"{self.name}, {self.used / _GB:.0f} of {self.total / _GB:.0f} GB in use"


@dataclass(frozen=True)
class Warned:
    """Something the person should know; the work goes on."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The work is done, or was stopped on request (``result["cancelled"]``); ``result``: JSON values, paths as text."""

    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failed:
    """The work could not go on; ``text`` is the sentence for the person."""

    text: str
    exit_code: int = 1


Message = Started | Progress | Metrics | Device | Warned | Finished | Failed
Report = Callable[[Message], None]
Cancelled = Callable[[], bool]

_KINDS: dict[str, type[Message]] = {
    kind.__name__: kind for kind in (Started, Progress, Metrics, Device, Warned, Finished, Failed)
}


_TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "float | None": (int, float, type(None)),
    "dict[str, float]": dict,
    "dict[str, Any]": dict,
}
_LARGEST = 1e15


def encode(message: Message) -> str:
    """One line of JSON without its newline; the class name stands under ``type``."""
    return json.dumps({"type": type(message).__name__, **dataclasses.asdict(message)})


def decode(line: str) -> Message:
    """The message on ``line``; raises JobError when it is none."""
    try:
        fields = reading.json_of(line)
        message = _KINDS[fields.pop("type")](**fields)
        _check(message)
        return message
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise JobError(f"Not a job message: {line[:80]!r}") from error


def _check(message: Message) -> None:
    """Raises TypeError when a field is not what its readers count on: a job's folder may come from anybody."""
    for each in dataclasses.fields(message):
        value, wanted = getattr(message, each.name), _TYPES[str(each.type)]
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            raise TypeError(f"{each.name} is no {each.type}")
        numbers = value.values() if each.name == "values" else [value] if isinstance(value, int | float) else []
        if not all(isinstance(number, int | float) and abs(number) < _LARGEST for number in numbers):
            raise TypeError(f"{each.name} is no number that can be shown")


def ignore(message: Message) -> None:
    """A Report for callers that want none."""


def never() -> bool:
    """A Cancelled for callers that never stop."""
    return False
