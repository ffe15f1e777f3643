"""``python -m chromadesk`` and the ``chromadesk`` command."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from chromadesk import children
from chromadesk.explain import INTERRUPTED


def main() -> None:
    """Run the command line; the plain ``studio [PATH] [--quit]`` without the parser, and children of a frozen program.

    The window is to be up in half a second, and importing and building the parser would take a third of that.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    name, words = sys.argv[1:2], sys.argv[2:]
    if name == [children.CHILD]:
        _heed()
        children.become(words)
        return
    rest = [word for word in words if word != "--quit"]
    if name == ["studio"] and len(rest) <= 1 and not any(word.startswith("-") for word in rest):
        _studio(Path(rest[0]) if rest else None, "--quit" in words)
    from chromadesk import cli

    _heed()
    try:
        cli.main()
    except KeyboardInterrupt:  # while the parser was built; it heeds those that come later
        sys.exit(INTERRUPTED)


def _leave(number: int, frame: object) -> None:
    """Ctrl+C while there is nothing but modules being loaded, some of which make a failure of their own of it."""
    os._exit(INTERRUPTED)


def _heed() -> None:
    """From now on Ctrl+C stops what is done in an orderly way."""
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _studio(dataset: Path | None, leave: bool) -> None:
    try:
        from chromadesk import display

        display.require()
        from chromadesk.studio import loading

        loading.lightly()
        from chromadesk.studio.app import main as run_studio

        _heed()
        code = run_studio(dataset, leave)
    except Exception as error:  # noqa: BLE001 -- the last line of defence, as in cli.main
        from chromadesk import cli

        cli.fail(error)
    sys.exit(code)


if __name__ == "__main__":
    main()
