"""Tables of scores per class, in the paper's order: of one evaluation, or of an old and a new model side by side."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.studio import theme
from chromadesk.studio.tips import plain
from chromadesk.studio.words import capitalised, numeral, tr

ROW_HEIGHT = 28
_NAME_WIDTH, _FIGURE_WIDTH = 164, 50
_NONE = "–"
#: Lines of the table: the mean that one looks for, and the one that palette errors over all classes belong to.
_BOLD = len(PAPER_ORDER)
_WITHOUT_BACKGROUND = _BOLD + 1

#: One line: its name, the class it is about (None: a mean), IoU, accuracy; None where it has none.
Line = tuple[str, int | None, float | None, float | None]


def class_title(index: int) -> str:
    """A class's full name and, where the paper's tables print another, that too."""
    fashion_class = CLASSES[index]
    name = capitalised(tr(fashion_class.name))
    return name if fashion_class.short.lower() == fashion_class.name else f"{name} ({fashion_class.short})"


def lines(evaluation: dict[str, Any]) -> list[Line]:
    """The lines of the table for the JSON of learning.evaluate: five classes, then the means."""
    iou, accuracy = evaluation["iou"], evaluation["class_accuracy"]
    classes: list[Line] = [(class_title(i), i, iou[CLASSES[i].name], accuracy[CLASSES[i].name]) for i in PAPER_ORDER]
    return [
        *classes,
        (tr("Mean of the classes"), None, evaluation["miou"], evaluation["mean_class_accuracy"]),
        (tr("Mean without background"), None, evaluation["miou_without_background"], None),
        (tr("All pixels"), None, None, evaluation["pixel_accuracy"]),
        (tr("All pixels but background"), None, None, evaluation["pixel_accuracy_without_background"]),
    ]


class ScoreTable(QTableWidget):
    """Read-only; Ctrl+C copies it, tab-separated, as spreadsheets take it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[list[str]] = []
        self.setAccessibleName(tr("Scores per class"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setIconSize(QSize(10, 10))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        QShortcut(QKeySequence.StandardKey.Copy, self, self.copy, context=Qt.ShortcutContext.WidgetShortcut)

    def show_one(self, evaluation: dict[str, Any]) -> None:
        """IoU, accuracy and palette errors of one evaluation; those kept by older versions have no palette errors."""
        errors = evaluation.get("palette_error", {})
        found = [_palette_error(errors, line, index) for line, (_, index, _, _) in enumerate(lines(evaluation))]
        rows = []
        for (name, index, iou, accuracy), error in zip(lines(evaluation), found, strict=True):
            means = [_NONE if error is None else _figure(error[mean], 1) for mean in ("emd", "micdm")] if errors else []
            rows.append((name, index, [_figure(iou), _figure(accuracy), *means]))
        self._fill([tr("Class"), tr("IoU"), tr("Accuracy"), *(["EMD", "MICDM"] if errors else [])], rows, _BOLD)
        if not errors:
            return
        between = tr("ΔE00 between the colours under the predicted and the true mask:")
        for place, how in (
            (3, tr("earth mover's distance")),
            (4, tr("each colour to the nearest of the other, shares aside")),
        ):
            self._tip(self.horizontalHeaderItem(place), f"{between} {how}")
            for line, error in enumerate(found):
                if error is not None:
                    self._tip(self.item(line, place), _lost(error))

    def show_two(self, old: dict[str, Any] | None, new: dict[str, Any]) -> None:
        """Old beside new, and what changed; without an old one its columns stay empty."""
        before = lines(old) if old is not None else [(name, index, None, None) for name, index, _, _ in lines(new)]
        rows = []
        for (name, index, iou, accuracy), (_, _, old_iou, old_accuracy) in zip(lines(new), before, strict=True):
            cells = [_figure(old_iou), _figure(iou), _change(old_iou, iou)]
            cells += [_figure(old_accuracy), _figure(accuracy), _change(old_accuracy, accuracy)]
            rows.append((name, index, cells))
        self._fill(
            [tr("Class"), tr("IoU old"), tr("new"), tr("change"), tr("Acc. old"), tr("new"), tr("change")],
            rows,
            bold=_BOLD,
        )

    def show_versions(self, rows: list[tuple[str, float | None, float | None, float | None]], active: int) -> None:
        """Name, mIoU, mIoU without background, and the mIoU of what it was made from, of each version."""
        self.setAccessibleName(tr("Scores per version"))
        self._fill(
            [tr("Version"), "mIoU", tr("w/o Null"), tr("change")],
            [(name, None, [_figure(miou), _figure(rest), _change(old, miou)]) for name, miou, rest, old in rows],
            bold=active,
        )

    def copy(self) -> None:
        """Put the whole table on the clipboard."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in self._texts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _wanted(self) -> list[int]:
        """How wide each column has to be."""
        above = self.horizontalHeader()
        above.ensurePolished()
        figures = (max(_FIGURE_WIDTH, above.sectionSizeHint(place)) for place in range(1, self.columnCount()))
        return [self.sizeHintForColumn(0), *figures]

    def _share_out(self) -> None:
        """Figures get columns of one width, or where there is no room for that, those with long headings more."""
        above = self.horizontalHeader()
        name, *figures = self._wanted()
        alike = self.viewport().width() - name >= len(figures) * max(figures, default=0)
        for place, width in enumerate([name, *figures]):
            stretched = place > 0 and (alike or width == _FIGURE_WIDTH)
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.ResizeToContents
            above.setSectionResizeMode(place, mode)

    @staticmethod
    def _tip(item: QTableWidgetItem | None, text: str) -> None:
        if item is not None:
            item.setToolTip(plain(text))

    def _fill(self, header: list[str], rows: list[tuple[str, int | None, list[str]]], bold: int) -> None:
        """``rows``: name, the class it is about, cells; the row ``bold`` is the one that one looks for."""
        self._texts = [header, *([name, *cells] for name, _, cells in rows)]
        self.setColumnCount(len(header))
        self.setRowCount(len(rows))
        for place, text in enumerate(header):
            item = QTableWidgetItem(text)
            item.setTextAlignment(_LEFT if place == 0 else _RIGHT)
            self.setHorizontalHeaderItem(place, item)
        for line, (name, index, cells) in enumerate(rows):
            title = QTableWidgetItem(name)
            if index is not None:
                title.setIcon(_swatch(index))
            if line == bold:
                title.setFont(theme.font(theme.BODY, semibold=True))
            self.setItem(line, 0, title)
            for place, text in enumerate(cells, start=1):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_RIGHT)
                item.setFont(title.font())
                self.setItem(line, place, item)
        first, *others = self._wanted()
        self.setMinimumWidth(max(_NAME_WIDTH, first) + sum(others))
        self._share_out()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + ROW_HEIGHT * len(rows) + 2)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _figure(value: float | None, decimals: int = 3) -> str:
    return _NONE if value is None else numeral(value, decimals)


def _palette_error(errors: dict[str, Any], line: int, index: int | None) -> dict[str, Any] | None:
    """What learning.palette_error says of a class, and on the line without background of all."""
    if index is not None:
        return errors.get(CLASSES[index].name)
    return errors.get("all") if line == _WITHOUT_BACKGROUND else None


def _lost(error: dict[str, Any]) -> str:
    """In how many photos there was nothing to compare."""
    return tr(
        "Photos compared: {photos}. Class missed altogether: {missed}, invented: {invented}.",
        photos=numeral(error["photos"]),
        missed=numeral(error["missed"]),
        invented=numeral(error["invented"]),
    )


def _change(old: float | None, new: float | None) -> str:
    if old is None or new is None:
        return _NONE
    # Of the figures shown, so that the line adds up to the eye.
    difference = round(new, 3) - round(old, 3)
    return "0" if abs(difference) < 0.0005 else f"{'−' if difference < 0 else '+'}{numeral(abs(difference), 3)}"


def _swatch(index: int) -> QIcon:
    pixmap = QPixmap(10, 10)
    pixmap.fill(QColor(*CLASSES[index].colour))
    return QIcon(pixmap)
