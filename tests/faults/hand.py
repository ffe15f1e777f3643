"""A hand that works in the real studio as its seed says, and is killed: what it tells is what it may be held to.

Run as a program it makes one process after the other, each a copy of itself with everything imported: a line of stdin
names the work, the folder and the seed. On stdout:

    pid N             the hand has begun
    ready             its window is up
    open KEY N        a photo is open; its journal has N steps already that were told of
    read KEY CRC      the mask on the disk is this as far as the studio knows
    did KEY CRC HOW   a step was made ("do", "undo", "redo"); the labels are these; the journal does not have it yet
    safe KEY N        the journal has N steps since KEY was opened: the status bar says "kept"
    saved KEY CRC     the mask on the disk is this
    mine KEY CRC      another program changed the mask; this is what was to take its place
    wrote NAME CRC    the next bytes of the file NAME, about to be written
    ended STATUS      it is gone
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

#: How often the hand does what; "rest" lets some moments pass.
SAVING = {"stroke": 45, "save": 30, "approve": 10, "next": 10, "undo": 5}
STROKING = {"stroke": 70, "undo": 12, "redo": 6, "rest": 6, "next": 4, "save": 2}


def tell(*words: object) -> None:
    """At once and whole, from any thread, so that nothing told is lost with the process."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(folder: Path, seed: int, often: dict[str, int]) -> None:
    """Paint, save, go to other photos, until the end of the world."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from chromadesk.errors import ChromaDeskError
    from chromadesk.masks import read_mask
    from chromadesk.studio import keeping
    from chromadesk.studio.window import Window
    from chromadesk.studio.writing import Clash

    keeping.AGAIN = 50  # milliseconds; a hand has no patience

    app, draw = QApplication(["chromadesk"]), random.Random(seed)
    window = Window()
    window.show()
    session, canvas = window.session, window.paint.canvas

    def known_saved() -> None:
        document = session.document
        if session.item is not None and document is not None and document.saved is not None:
            tell("read", session.item.key, zlib.crc32(document.saved.read(document.bounds) & 0x7F))

    def opened() -> None:
        if session.item is None or session.document is None or session._opened is None:
            return
        key, document, journal = session.item.key, session.document, session._opened.journal
        tell("open", key, journal.appended)
        known_saved()
        if id(document) not in known:  # or it was kept where it could not be written
            known[id(document)] = document
            document.recorders.insert(0, lambda how, _: tell("did", key, zlib.crc32(document.labels), how))
        journal.safe = lambda count: tell("safe", key, count)

    def saved(key: str) -> None:
        item = session.find(key)
        assert item is not None
        known_saved()
        with contextlib.suppress(ChromaDeskError):  # taken away again already
            tell("saved", key, zlib.crc32(read_mask(item.mask).labels))

    def clashed(clash: Clash) -> None:
        assert session.document is not None
        tell("mine", clash.opened.item.key, zlib.crc32(clash.opened.document.labels))
        answer = draw.choice([session.writing.keep_mine, session.writing.keep_theirs, session.writing.keep_both])
        answer(clash)

    known: dict[int, object] = {}
    session.photo_opened.connect(opened)
    session.photo_saved.connect(saved)
    session.clashed.disconnect(window.underneath.ask)
    session.clashed.connect(clashed)
    session.open_dataset(folder)
    session.active.path = None  # nobody waits for a proposal here
    tell("ready")
    while True:
        app.processEvents()
        if session.item is None or session._opening is not None:
            continue
        what = draw.choices(list(often), list(often.values()))[0]
        if what == "next":
            session.open_photo(draw.choice(session.items).key)
        elif what == "stroke":
            window.tool_state.set_class(draw.randrange(5))
            window.tool_state.set_size(draw.randrange(3, 30))
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*_somewhere(draw, canvas)))
            for _ in range(draw.randrange(2, 6)):  # faster than any person
                QTest.qWait(draw.randrange(5, 15))
                QTest.mouseMove(canvas, QPoint(*_somewhere(draw, canvas)))
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*_somewhere(draw, canvas)))
        elif what == "rest":
            QTest.qWait(draw.randrange(30))
        else:
            window.actions_table[what].trigger()


def _somewhere(draw: random.Random, canvas: object) -> tuple[int, int]:
    width, height = canvas.width(), canvas.height()  # type: ignore[attr-defined]
    return draw.randrange(width // 4, width * 3 // 4), draw.randrange(20, height - 20)


def hand_on(folder: Path, seed: int) -> None:
    """Export masks, swatches of every format and the lookbook page from the studio, again and again."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from chromadesk.colour.formats import table
    from chromadesk.studio.window import COLOURS, Window

    app, draw = QApplication(["chromadesk"]), random.Random(seed)
    window = Window()
    window.show()
    session = window.session
    session.open_dataset(folder)
    session.active.path = None  # nobody waits for a proposal here
    out = folder / "exporting"
    (out / "masks").mkdir(parents=True, exist_ok=True)
    while not window.live.found:
        app.processEvents()
    window.show_workspace(COLOURS)
    page = window.colours.photo_page
    tell("ready")
    while True:
        document = session.document
        assert document is not None
        row = draw.randrange(document.size[0] - 20)
        document.edit("edit", *_patch(document, row, draw.randrange(5)))  # so that each round writes other bytes
        QTest.qWait(5)
        session.save()
        window.batch.export([item.key for item in session.items], out / "masks")
        file = page.handing_on.file
        for suffix, each in table.FORMATS.items():
            tell("wrote", f"swatches{suffix}", zlib.crc32(each.encode(file)))
            page.handing_on.write(out / f"swatches{suffix}")
        for suffix in (".pdf", ".png"):
            page.handing_on.write_page(out / f"page{suffix}")
        while window.batch.words or page.handing_on._background._pending:
            app.processEvents()
            page.handing_on._background._pending = {
                each for each in page.handing_on._background._pending if not each.done()
            }


def _patch(document, row: int, class_id: int):  # type: ignore[no-untyped-def]
    import numpy as np

    from chromadesk.editing.patch import Box

    box = Box(row, 0, row + 20, document.size[1])
    return box, np.full((20, document.size[1]), class_id, np.uint8), np.ones((20, document.size[1]), bool)


def share(folder: Path, seed: int) -> None:
    """Be one of several studios on a data set: whenever it may, add pixels and words that nobody else adds, and leave.

    Each says ``have`` when it may write, ``painted KEY PLACE`` and ``noted KEY WORD`` once that is acknowledged; now
    and then it dies in the middle.
    """
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from chromadesk.studio.session import Session

    app, draw = QApplication(["chromadesk"]), random.Random(seed)
    tell("ready")
    for turn in range(4):
        session = Session()
        while not session.open_dataset(folder, show=False) or session.refusal:
            QTest.qWait(draw.randrange(12))
        session.active.path = None
        tell("have")
        for number in range(draw.randrange(1, 4)):
            _add(app, session, draw.choice(session.items).key, seed * 12 + turn * 3 + number, draw)
        session.close()
    os._exit(0)


def _add(app, session, key: str, place: int, draw: random.Random) -> None:  # type: ignore[no-untyped-def]
    """Paint the pixel ``place`` of the photo ``key`` and add a word to its note."""
    session.open_photo(key)
    while session.item is None or session.item.key != key or session._opening is not None:
        app.processEvents()
    paint_place(session.document, place)
    done: list[str] = []
    session.photo_saved.connect(done.append)
    session.save()
    if draw.random() < 0.1:
        until = time.monotonic() + draw.uniform(0, 0.008)
        while time.monotonic() < until:
            app.processEvents()
        os.kill(os.getpid(), signal.SIGKILL)
    while key not in done:
        app.processEvents()
    tell("painted", key, place)
    index, word, noted = session.index, f"w{place}", []
    work = lambda: index.set_note(key, f"{index.note(key)} {word}")  # noqa: E731
    session.keeping.write("note", key, session.dataset.root, work, noted.append)
    while not noted:
        app.processEvents()
    tell("noted", key, word)


def paint_place(document, place: int) -> None:  # type: ignore[no-untyped-def]
    """Make one pixel an accessory, by hand."""
    import numpy as np

    from chromadesk.editing.patch import Box

    row, column = divmod(place, document.size[1])
    document.edit("edit", Box(row, column, row + 1, column + 1), np.ones((1, 1), np.uint8), np.ones((1, 1), bool))


def command(folder: Path, seed: int) -> None:
    """The same from the command line: ``chromadesk palette`` and ``chromadesk colours``, again and again."""
    from chromadesk import cli

    draw, out = random.Random(seed), folder / "commanding"
    out.mkdir(exist_ok=True)
    photos = sorted((folder / "A").iterdir())
    names = [out / f"swatches{suffix}" for suffix in (".ase", ".aco", ".gpl", ".css", ".json", ".csv", ".svg", ".png")]
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 -- until it is killed
    tell("ready")
    while True:
        photo = draw.choice(photos)
        exports = [word for name in names for word in ("--export", str(name))]
        page = ["--lookbook", str(out / f"page{draw.choice(['.pdf', '.png'])}"), "-k", str(draw.randrange(2, 7))]
        _command(cli, "palette", photo, "--mask", folder / "B" / f"{photo.stem}.png", *exports, *page)
        tables = ("--report", out / "report.html", "--json", out / "all.json", "--csv", out / "all.csv")
        _command(cli, "colours", folder, "--class", draw.choice(["clothes", "hair", "skin"]), *tables)


def _command(cli, *words: object) -> None:  # type: ignore[no-untyped-def]
    sys.argv = ["chromadesk", *map(str, words)]
    try:
        cli.main()
    except SystemExit as end:
        if end.code:
            os._exit(2)


WORKS: dict[str, Callable[[Path, int], None]] = {
    "saving": lambda folder, seed: work(folder, seed, SAVING),
    "stroking": lambda folder, seed: work(folder, seed, STROKING),
    "exporting": hand_on,
    "commanding": command,
    "sharing": share,
}


def like_anybody() -> None:
    """Root may write everywhere; give that up, so that a folder that is read-only is so here, too."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        whose, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        assert not libc.capget(whose, rights)
        for kind in range(3):  # those in force, those allowed, those handed on
            rights[kind] &= ~(1 << 1)  # CAP_DAC_OVERRIDE
        assert not libc.capset(whose, rights)


def serve() -> None:
    """One hand after the other, each a fork: to import it all takes longer than most of them live."""
    import chromadesk.cli_colours
    import chromadesk.cli_palette
    import chromadesk.studio.colours.workspace
    import chromadesk.studio.window  # noqa: F401

    for line in sys.stdin:
        name, folder, seed = line.rstrip("\n").split("\t")
        pid = os.fork()
        if not pid:
            try:
                like_anybody()
                WORKS[name](Path(folder), int(seed))
            finally:
                os._exit(1)
        tell("pid", pid)
        tell("ended", os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    serve()
