"""How fast photos come into the studio: one after the other, of every size, and a hundred thousand in a folder."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from chromadesk.bench import studio
from chromadesk.bench.studio import NEXT, Settings
from chromadesk.studio.driver import Driver

#: Photos opened before growth is counted: by then every cache has its size.
_WARM = 50
#: How far a folder is scrolled at a time, and how often: by notches of the wheel, then by dragging the bar to its end.
_NOTCHES, _DRAGS = 150, 150


def many(driver: Driver, root: Path, count: int) -> dict[str, Any]:
    """Open ``count`` photos one after the other; growth from the ``_WARM``-th on, or a tenth if few."""
    stems = studio.write_many(root, count)
    driver.open_folder(root)
    warm = min(_WARM, count // 10)
    before = 0
    for number, stem in enumerate(stems):
        if number == warm:
            driver.settle()
            before = studio.rss()
        driver.open_photo(f"A/{stem}.jpg")
    driver.settle()
    return {"photos": count, "growth_mb": round((studio.rss() - before) / 1e6, 1), "counted_from": warm}


def opening(driver: Driver, settings: Settings) -> list[dict[str, Any]]:
    """Each size several times, another photo in between."""
    rows = []
    for megapixels, key, times in [
        (NEXT, "A/next.jpg", settings.openings),
        *((value, f"A/{value:g}.jpg", math.ceil(settings.openings / 4)) for value in settings.megapixels),
    ]:
        taken = []
        for _ in range(times):
            driver.open_photo("A/other.jpg")
            driver.settle()
            taken.append(driver.open_photo(key))
        rows.append(
            {
                "megapixels": megapixels,
                **studio.summary([times for times, _ in taken]),
                "gap_ms": round(max(gap for _, gap in taken), 1),
            }
        )
    return rows


def folder(driver: Driver, root: Path, count: int) -> dict[str, Any]:
    """Open a folder of ``count`` photos as a person does, wait for the first photo and the thumbnails in sight, then
    scroll from its beginning to its end.
    """
    studio.write_many(root, count)
    few = root.with_name(f"{root.name}-few")
    studio.write_many(few, 2)
    driver.settle()
    before, session, panel = studio.rss(), driver.window.session, driver.window.paint.photos
    session.active.path = None  # nothing is predicted
    begun = time.perf_counter()
    session.open_folder(root)
    driver.until(lambda: session.item is not None and len(session.items) == count, "The first photo")
    shown = time.perf_counter() - begun
    driver.until(lambda: _all_there(driver), "The first thumbnails")
    ready = time.perf_counter() - begun
    # Once more for the silences: to listen for them every millisecond keeps the thread that lists from its work.
    driver.open_folder(few)
    driver.settle()
    with driver.listening() as opened:
        session.open_folder(root)
        driver.until(lambda: session.item is not None and len(session.items) == count, "The first photo, again")
        driver.until(lambda: _all_there(driver), "The first thumbnails, again")
    driver.rest(1.0)
    bar, view = panel.view.verticalScrollBar(), panel.view
    with driver.listening() as scrolled:
        for step in range(_NOTCHES + _DRAGS):
            notch = bar.value() + 3 * bar.singleStep()
            bar.setValue(notch if step < _NOTCHES else round((step - _NOTCHES + 1) / _DRAGS * bar.maximum()))
            view.viewport().repaint()
            driver.rest(0.008)
        driver.until(lambda: _all_there(driver), "The last thumbnails")
    driver.settle()
    return {
        "photos": count,
        "first_photo_ms": round(shown * 1000, 1),
        "ready_ms": round(ready * 1000, 1),
        "opening_gap_ms": round(max(opened), 1),
        "scrolling_gap_ms": round(max(scrolled), 1),
        "growth_mb": round((studio.rss() - before) / 1e6, 1),
    }


def _all_there(driver: Driver) -> bool:
    """Every photo of the filmstrip that is in sight has its thumbnail."""
    view = driver.window.paint.photos.view
    first, last = (view.indexAt(place) for place in (view.viewport().rect().topLeft(), view.viewport().rect().center()))
    rows = range(first.row(), max(last.row(), first.row()) + 1)
    return all(view.model().index(row, 0).data(Qt.ItemDataRole.DecorationRole) is not None for row in rows)
