"""What there is to say of a photo that was opened, above all what came back from its journal."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from chromadesk.editing.recovery import Recovery
from chromadesk.editing.store import Opened
from chromadesk.studio.outside import said
from chromadesk.studio.words import together, tr


def told(opened: Opened, looking: bool) -> list[tuple[str, str]]:
    """The notices of ``opened`` in the person's language. ``looking``: the strokes in its journal are those of another
    studio, where they may just be painted, so nothing came back.
    """
    back, name = opened.recovery, opened.item.name
    ours = "" if back is None else back.sentence(name)
    found = [] if back is None or looking else [(came_back(back, name), "info")]
    return [(said(text), level) for text, level in opened.notices if text != ours] + found


def came_back(recovery: Recovery, name: str) -> str:
    """``14 strokes and 1 fill on 0481.jpg came back; the last is from 15:02.``"""
    steps = together([_counted(kind, count) for kind, count in recovery.counts.items()])
    if not steps:
        return tr("Unsaved changes of {name} came back.", name=name)
    if not recovery.last:
        return tr("{steps} on {name} came back.", steps=steps, name=name)
    return tr(
        "{steps} on {name} came back; the last is from {time}.", steps=steps, name=name, time=_clock(recovery.last)
    )


def _counted(kind: str, count: int) -> str:
    said = {
        "stroke": lambda: tr("%Ln stroke(s)", "", count),
        "fill": lambda: tr("%Ln fill(s)", "", count),
        "lasso": lambda: tr("%Ln lasso(s)", "", count),
    }
    return said.get(kind, lambda: tr("%Ln other step(s)", "", count))()


def _clock(moment: float) -> str:
    when = QDateTime.fromSecsSinceEpoch(round(moment))
    today = when.date() == QDateTime.currentDateTime().date()
    short = QLocale.FormatType.ShortFormat
    return QLocale().toString(when.time(), short) if today else QLocale().toString(when, short)
