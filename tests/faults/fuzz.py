"""Row 7: coverage-guided fuzzing of readers: ``python -m tests.faults.fuzz TARGET SECONDS SEED`` is one sitting.

Atheris (libFuzzer) leads where it is installed, and keeps what it found worth while in ``build/fuzz``; else Hypothesis
does it, without that memory. The process ends with a traceback at the first thing that escapes a reader.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import subprocess
import sys
import time

from tests.faults.harness import ROOT, Campaign, Turn

#: In the order of turns.
NAMES = ("mask", "journal", "swatch", "job")
_CORPUS = ROOT / "build" / "fuzz"
_MINUTE = 60
#: Seconds of the clock after which an input hangs; one that only takes long is told by the processor's.
_HANGS = 200


def _led(name: str, seconds: int, seed: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["chromadesk", "json", "csv"]):
        from tests.faults.fuzz_targets import TARGETS
    target = TARGETS[name]
    corpus = _CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, sound in enumerate(target.seeds):
        (corpus / f"sound-{number}").write_bytes(sound)
    options = [f"-max_total_time={seconds}", f"-seed={seed + 1}", f"-timeout={_HANGS}", "-rss_limit_mb=1500"]
    options += ["-max_len=20000", "-print_final_stats=1", f"-artifact_prefix={corpus.parent}/{name}-"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.run)
    atheris.Fuzz()


def _guessed(name: str, seconds: float, seed: int) -> int:
    """With Hypothesis: sound inputs, changed in a few places, cut, and doubled; how many were tried."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    from tests.faults.fuzz_targets import TARGETS

    target = TARGETS[name]

    def changed(data: bytes, places: list[tuple[int, int]], start: int, end: int) -> bytes:
        array = bytearray(data)
        for place, value in places:
            array[place % len(array)] = value
        return bytes(array[: len(array) - start % len(array)] + array[end % len(array) :])

    inputs = st.builds(
        changed,
        st.sampled_from(target.seeds),
        st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=12),
        st.integers(0, 300),
        st.just(-1) | st.integers(0, 3000),
    )
    tried, until = 0, time.monotonic() + seconds

    while time.monotonic() < until:

        @seeded(seed * 1000 + tried)
        @settings(
            max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )  # fmt: skip
        @given(inputs | st.binary(max_size=2000))
        def throw(data: bytes) -> None:
            target.run(data)

        throw()
        tried += 50
    return tried


def _turn(turn: Turn) -> None:
    """A minute a unit, the targets in turn."""
    for minute in range(turn.amount):
        name = NAMES[(turn.seed + minute) % len(NAMES)]
        end = subprocess.run(
            [sys.executable, "-m", "tests.faults.fuzz", name, str(_MINUTE), str(turn.seed)],
            capture_output=True,
            text=True,
            errors="replace",
            cwd=ROOT,
            check=False,
        )
        said = end.stdout + end.stderr
        if end.returncode:
            turn.fail(f"{name}: {said[-1500:]}")
        tried = re.search(r"number_of_executed_units:\s*(\d+)", said) or re.search(r"tried (\d+)", said)
        turn.measure(f"inputs a minute, {name}", int(tried[1]) if tried else 0)
        turn.count()


CAMPAIGNS = (Campaign("7", "fuzz of readers, ten minutes each", "minutes", 40, 1, _turn),)


def main() -> None:
    """One sitting."""
    name, seconds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if importlib.util.find_spec("atheris") is not None:
        _led(name, seconds, seed)
    else:
        sys.stdout.write(f"tried {_guessed(name, seconds, seed)}\n")


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
