"""Takes a collection out of the studio: a report to look at, tables, its palette as swatches."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from chromadesk import files
from chromadesk.colour import listing
from chromadesk.studio.background import Background
from chromadesk.studio.colours.gathering import Found
from chromadesk.studio.session import Session
from chromadesk.studio.words import mark, tr

_KINDS = {
    "html": mark("Report (HTML)…"),
    "csv": mark("Table of swatches (CSV)…"),
    "json": mark("Everything (JSON)…"),
    "palette": mark("Palette (ASE, PDF and more)…"),
}


class CollectionExport(QObject):
    """Its ``button`` has the menu. Files are written in a thread of their own: a report reads every photo."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._found: Found | None = None
        self.button = menu_button(tr("Export"), tr("Save what is shown here as a report, a table or swatches"))
        menu = QMenu(self.button)
        for kind, text in _KINDS.items():
            action = QAction(tr(text), menu)
            action.triggered.connect(lambda _=False, kind=kind: self._ask(kind))
            menu.addAction(action)
        self.button.setMenu(menu)
        self.show_found(None)

    def show_found(self, found: Found | None) -> None:
        """What there is to export; None: nothing."""
        self._found = found if found is not None and found.collection is not None else None
        self.button.setEnabled(self._found is not None)

    def write(self, kind: str, path: Path) -> None:
        """Write ``path`` in the background; a notice says when it is there, or why not."""
        found, dataset = self._found, self._session.dataset
        if found is None or dataset is None:
            return
        paths = {key: dataset[key].photo for key in found.fields if key in dataset}
        name = dataset.root.name
        works: dict[str, Callable[[], None]] = {
            "html": lambda: _report(path, name, found, paths),
            "csv": lambda: files.write_text(
                path, listing.csv_text(found.photos, found.fields, found.wanted.class_name)
            ),
            "json": lambda: _everything(path, name, found),
            "palette": lambda: _palette(path, name, found),
        }
        self._background.run(
            works[kind],
            lambda _: self._session.notice.emit(tr("Saved {file}.", file=path.name), "info"),
            lambda error: self._session.notice.emit(str(error), "error"),
        )

    def close(self) -> None:
        """End the thread."""
        self._background.finish(drop=True)

    def _ask(self, kind: str) -> None:
        dataset = self._session.dataset
        if dataset is None or self._found is None:
            return
        suffix = ".ase" if kind == "palette" else f".{kind}"
        start = dataset.root.parent / f"{dataset.root.name}-{self._found.wanted.class_name}{suffix}"
        shown = swatch_kinds() if kind == "palette" else f"*{suffix}"
        chosen, _ = QFileDialog.getSaveFileName(self.button, tr("Export"), str(start), shown)
        if chosen:
            path = Path(chosen)
            self.write(kind, path if path.suffix else path.with_suffix(suffix))


def swatch_kinds() -> str:
    """The swatch formats as a file dialog has them."""
    from chromadesk.colour.formats.table import FORMATS

    return ";;".join(f"{each.title} (*{suffix})" for suffix, each in FORMATS.items())


def menu_button(name: str, tip: str) -> QToolButton:
    """A button that opens a menu."""
    made = QToolButton()
    made.setObjectName("menu")
    made.setText(f"{name} ▾")
    made.setToolTip(tip)
    made.setFixedHeight(24)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _report(path: Path, name: str, found: Found, paths: dict[str, Path]) -> None:
    from chromadesk.colour import report

    assert found.collection is not None
    files.write_text(path, report.html(name, found.collection, found.photos, paths, found.fields))


def _everything(path: Path, name: str, found: Found) -> None:
    assert found.collection is not None
    values = {"dataset": name, **found.collection.to_json(), "fields": found.fields}
    files.write_text(path, json.dumps(values, indent=1, ensure_ascii=False) + "\n")


def _palette(path: Path, name: str, found: Found) -> None:
    """The overall palette, and below it that of each group."""
    from chromadesk.colour.formats import table
    from chromadesk.colour.formats.swatchfile import Group, SwatchFile

    assert found.collection is not None
    summaries = [found.collection.overall, *found.collection.groups]
    titles = [name, *(group.name for group in found.collection.groups)]
    groups = [
        Group(title, [each.swatch for each in summary.palette])
        for title, summary in zip(titles, summaries, strict=True)
    ]
    table.write(path, SwatchFile(groups, name, found.collection.trust.line()))
