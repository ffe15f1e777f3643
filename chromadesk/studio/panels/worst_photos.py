"""The photos a model does worst on, or those where it takes one class for another, as thumbnails; a click opens one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from chromadesk.classes import NAMES
from chromadesk.errors import ChromaDeskError
from chromadesk.images import read_thumbnail
from chromadesk.studio import theme
from chromadesk.studio.background import Background
from chromadesk.studio.tips import plain
from chromadesk.studio.words import class_name, class_title, numeral, tr

_IDS = {name: index for index, name in enumerate(NAMES)}
_SHOWN = 40
_EDGE = 96


class WorstPhotos(QListWidget):
    """A grid of thumbnails with a figure below each. They are read in ``background``, one after the other."""

    #: The key of the photo clicked, or chosen with Enter.
    chosen = Signal(str)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._generation = 0
        self.setAccessibleName(tr("Worst photos first"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setIconSize(QSize(_EDGE, _EDGE))
        self.setGridSize(QSize(_EDGE + 12, _EDGE + 28))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_photos(self, per_photo: list[dict[str, Any]]) -> None:
        """``per_photo`` as learning.evaluate gives it: {"key", "photo", "miou"}, worst first."""
        self.setAccessibleName(tr("Worst photos first"))
        self._begin()
        for entry in per_photo[:_SHOWN]:
            miou = entry["miou"]
            self._add(
                entry,
                "–" if miou is None else numeral(miou, 2),
                f"mIoU {'–' if miou is None else numeral(miou, 3)}",
            )

    def show_colours(self, per_photo: list[dict[str, Any]]) -> None:
        """Of ``per_photo``, which also have their "palette_error" here, those whose colours come out worst (EMD)."""
        self.setAccessibleName(tr("Worst colours first"))
        self._begin()
        known = [entry for entry in per_photo if entry["palette_error"]["emd"] is not None]
        for entry in sorted(known, key=lambda each: -each["palette_error"]["emd"])[:_SHOWN]:
            error = entry["palette_error"]
            by_class = sorted(error["classes"].items(), key=lambda item: -item[1]["emd"])
            told = ", ".join(f"{class_name(_IDS[name])} {numeral(each['emd'], 1)}" for name, each in by_class)
            self._add(entry, numeral(error["emd"], 1), f"ΔE00: {told}")

    def show_confused(self, per_photo: list[dict[str, Any]], truth: int, predicted: int) -> None:
        """Of ``per_photo``, which also have their "confusion" here, those where most of the photo is ``truth`` taken
        for ``predicted``, most first; for a cell of the diagonal, where most of ``truth`` is missed.
        """
        self.setAccessibleName(confused(truth, predicted))
        self._begin()
        shares = [(*_confused(entry, truth, predicted), entry) for entry in per_photo]
        for share, pixels, entry in sorted(shares, key=lambda found: -found[0])[:_SHOWN]:
            if pixels:
                told = tr(
                    "{pixels} pixels, {share} % of it: {what}",
                    pixels=numeral(pixels),
                    share=numeral(100 * share, 2),
                    what=confused(truth, predicted),
                )
                self._add(entry, f"{numeral(100 * share, 1)} %", told)

    def _begin(self) -> None:
        self.clear()
        self._generation += 1

    def _add(self, entry: dict[str, Any], figure: str, told: str) -> None:
        item = QListWidgetItem(_blank(), f"{figure}  {Path(entry['photo']).stem}")
        item.setData(Qt.ItemDataRole.UserRole, entry["key"])
        item.setToolTip(plain(tr("{photo}: {what}. Click to open it in Paint.", photo=entry["key"], what=told)))
        self.addItem(item)
        self._load(item, Path(entry["photo"]))

    def _load(self, item: QListWidgetItem, photo: Path) -> None:
        generation = self._generation

        def show(pixels: npt.NDArray[np.uint8]) -> None:
            if generation == self._generation:
                item.setIcon(_icon(pixels))

        def unreadable(error: ChromaDeskError) -> None:
            if generation == self._generation:
                item.setToolTip(plain(str(error)))

        self._background.run(lambda: read_thumbnail(photo, _EDGE * 2), show, unreadable)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def confused(truth: int, predicted: int) -> str:
    """``Hair taken for clothes``; on the diagonal ``Hair missed``."""
    name = class_title(truth)
    return (
        tr("{name} missed", name=name)
        if truth == predicted
        else tr("{name} taken for {other}", name=name, other=class_name(predicted))
    )


def _confused(entry: dict[str, Any], truth: int, predicted: int) -> tuple[float, int]:
    """(share of the photo, pixels) that are ``truth`` and taken for ``predicted``, or on the diagonal for another."""
    counts = np.asarray(entry["confusion"], np.int64)
    pixels = int(counts[truth].sum() - counts[truth, truth] if truth == predicted else counts[truth, predicted])
    return pixels / max(int(counts.sum()), 1), pixels


def _blank() -> QIcon:
    pixmap = QPixmap(_EDGE, _EDGE)
    pixmap.fill(QColor(theme.FIELD))
    return QIcon(pixmap)


def _icon(pixels: npt.NDArray[np.uint8]) -> QIcon:
    """(h, w, 3) uint8 sRGB -> an icon that, unlike Qt's own disabled look, stays the photo."""
    height, width = pixels.shape[:2]
    pixels = np.ascontiguousarray(pixels)
    image = QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888)
    return QIcon(QPixmap.fromImage(image.copy()))
