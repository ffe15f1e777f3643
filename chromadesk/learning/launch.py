"""The processes of a training on several devices: begun, watched, ended together.

Each runs the command that was typed, and finds in its environment who it is, in the variables that ``torchrun`` sets.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import IO

from chromadesk import children
from chromadesk.errors import InputError, TeamError
from chromadesk.explain import INTERRUPTED
from chromadesk.parallel import cores

#: Where the processes of several nodes meet, unless another port is named.
PORT = 29500
#: In the environment of a process begun here.
_BEGUN_HERE = "CHROMADESK_DEVICES"
#: Seconds: between two looks at the processes; for the others to say why they ended too; until they are killed.
_LOOK, _SETTLE, _GRACE = 0.1, 1.0, 10.0


@dataclass(frozen=True)
class Fleet:
    """``devices`` processes on each of ``nodes`` machines, of which this is number ``node``, from 0 on; ``address``
    (host, or host:port) is that of node 0.
    """

    devices: int = 1
    nodes: int = 1
    node: int = 0
    address: str | None = None

    def __post_init__(self) -> None:
        if self.nodes > 1 and self.address is None:
            raise InputError("Several nodes need to know where they meet; give each --address HOST:PORT of node 0.")
        if not 0 <= self.node < self.nodes:
            raise InputError(f"There is no node {self.node} of {self.nodes}; they are numbered from 0.")
        if self.address is not None:
            self.meeting()

    @property
    def size(self) -> int:
        """How many processes there are, on all nodes."""
        return self.devices * self.nodes

    def meeting(self) -> tuple[str, int]:
        """Host and port where the processes meet; on one machine a port that is free. Raises InputError."""
        if self.address is None:
            with socket.socket() as asked:
                asked.bind(("127.0.0.1", 0))
                return "127.0.0.1", int(asked.getsockname()[1])
        host, colon, port = self.address.partition(":")
        if not host or (colon and not port.isdigit()):
            raise InputError(f"{self.address!r} is no address; write HOST:PORT, such as node0:{PORT}.")
        return host, int(port or PORT)

    def environment(self, local_rank: int, host: str, port: int) -> dict[str, str]:
        """What tells one of the processes here who it is; ``host`` and ``port``: where they meet."""
        said = {
            "RANK": self.node * self.devices + local_rank,
            "LOCAL_RANK": local_rank,
            "WORLD_SIZE": self.size,
            "LOCAL_WORLD_SIZE": self.devices,
            "MASTER_ADDR": host,
            "MASTER_PORT": port,
            _BEGUN_HERE: self.devices,
        }
        threads = os.environ.get("OMP_NUM_THREADS", max(1, cores() // self.devices))
        return {**os.environ, "OMP_NUM_THREADS": str(threads), **{name: str(value) for name, value in said.items()}}


def rank() -> int | None:
    """This process's rank where it is one of several, whoever began them; None: it is alone."""
    return int(os.environ["RANK"]) if int(os.environ.get("WORLD_SIZE", "1")) > 1 else None


def begun_here() -> bool:
    """Whether ``run`` began this process, and says why they ended."""
    return _BEGUN_HERE in os.environ


def run(fleet: Fleet) -> int:
    """Run the command that was typed in every process of this node until all have ended; returns the first's exit code.

    Only the first writes to the terminal. Whoever asks a second time to stop need not wait for them: one that looks for
    another node hears nothing. Raises TeamError when one of the others went, the rest being ended then, and InputError
    for a machine that nobody knows.
    """
    host, port = fleet.meeting()
    try:
        socket.getaddrinfo(host, port)
    except OSError as error:
        raise InputError(f"No machine is known as {host}; check --address.") from error
    command = children.command("chromadesk", *sys.argv[1:])
    with contextlib.ExitStack() as stack:
        said = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(fleet.devices)]
        begun = [
            subprocess.Popen(
                command,
                env=fleet.environment(number, host, port),
                stdin=subprocess.DEVNULL,
                stdout=None if fleet.node * fleet.devices + number == 0 else subprocess.DEVNULL,
                stderr=None if fleet.node * fleet.devices + number == 0 else said[number],
            )
            for number in range(fleet.devices)
        ]
        stack.callback(_end, begun)
        with _passing_on(begun) as insisted:
            while all(child.poll() in (None, 0) for child in begun):
                if all(child.poll() == 0 for child in begun):
                    return 0
                if insisted():
                    _end(begun)
                    return INTERRUPTED
                time.sleep(_LOOK)
            time.sleep(_SETTLE)
            ended = {number: code for number, child in enumerate(begun) if (code := child.poll())}
            _end(begun)
        return _why(ended, said, fleet)


def _why(ended: dict[int, int], said: Sequence[IO[bytes]], fleet: Fleet) -> int:
    """The exit code of those who ``ended`` by themselves, by their number here; raises TeamError saying why."""
    begin = fleet.node * fleet.devices
    for number, code in sorted(ended.items(), key=lambda each: each[1]):  # those that a signal ended first
        who = f"Process {begin + number + 1} of {fleet.size}"
        if code < 0:
            raise TeamError(f"{who} was ended by {_signal(-code)}, and the training with it; go on with --resume.")
        if code == INTERRUPTED or (begin + number == 0 and code != TeamError.exit_code):
            return code  # it has said by itself why
    for number, code in ended.items():
        if code == TeamError.exit_code:
            continue
        who = f"Process {begin + number + 1} of {fleet.size}"
        said[number].seek(0)
        lines = said[number].read().decode("utf-8", "replace").strip().splitlines()
        why = lines[-1] if lines else f"exit code {code}"
        raise TeamError(f"{who} could not go on: {why}")
    raise TeamError("A process on another node has gone, and the training with it; go on with --resume.")


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + _GRACE
    for child in children:
        try:
            child.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextlib.contextmanager
def _passing_on(children: list[subprocess.Popen[bytes]]) -> Iterator[Callable[[], bool]]:
    """Ctrl+C reaches the children by itself, as it reaches all that run in the terminal; SIGTERM is handed on. Yields
    whether somebody asked a second time.
    """
    asked = 0

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        for child in children if number == signal.SIGTERM else ():
            if child.poll() is None:
                child.send_signal(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked > 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
