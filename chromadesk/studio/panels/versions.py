"""The versions of the model beside each other, each measured on the same test photos: a table and a chart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from chromadesk.jobs.comparison import Score, Terms, comparable, scores
from chromadesk.learning.config import PAPER_SIZE, EvaluateConfig, parse_size
from chromadesk.models.info import read_info
from chromadesk.models.promote import short
from chromadesk.studio.background import Background
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.models import Entry, entries
from chromadesk.studio.panels.score_table import ScoreTable
from chromadesk.studio.panels.versions_chart import Point, VersionsChart
from chromadesk.studio.session import Session
from chromadesk.studio.words import numeral, together, tr


@dataclass(frozen=True)
class Survey:
    """``terms`` on which the versions were measured last (None: none was); each version's score on these, or None."""

    terms: Terms | None
    versions: tuple[tuple[Entry, Score | None], ...]


def survey(state: Path, active: Path | None) -> Survey:
    """The data set's own versions, the bundled models they come from, the active one, and what else was measured."""
    terms, by_model = comparable(scores(state))
    found = [entry for entry in entries(state) if not entry.problem]
    parents = {entry.path.stem: entry.parent for entry in found}
    wanted = {entry.path.stem for entry in found if not entry.bundled or entry.path == active} | set(by_model)
    pending = list(wanted)
    while pending:
        parent = parents.get(pending.pop(), "")
        if parent in parents and parent not in wanted:
            wanted.add(parent)
            pending.append(parent)
    return Survey(terms, tuple((entry, by_model.get(entry.path.stem)) for entry in found if entry.path.stem in wanted))


class VersionsPanel(QWidget):
    """Shows the evaluations that were made, and makes those that are missing."""

    def __init__(self, session: Session, jobs: Jobs, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._background = session, jobs, background
        self.survey = Survey(None, ())
        self.caption = parts.meta()
        self.evaluate_button = parts.button(
            tr("Evaluate all versions"),
            self.evaluate,
            tip=tr("Measure every version on the same test photos, one by one"),
        )
        self.table = ScoreTable()
        self.remarks = parts.meta()
        self.chart = VersionsChart()
        self.empty = parts.EmptyState(
            tr("See whether each version of the model is better than the one before, on the same test photos."),
            tr("Evaluate all versions"),
            self.evaluate,
        )
        #: What stands beside the panel's name.
        self.head = QWidget()
        head = parts.row(self.head)
        head.addStretch(1)
        head.addWidget(self.evaluate_button)
        layout = parts.column(self)
        layout.addWidget(self.caption)
        self._body = QStackedLayout()
        layout.addLayout(self._body, 1)
        self._body.addWidget(self.empty)
        self._body.addWidget(self._build_body())
        self._soon = QTimer(self, singleShot=True, interval=100)
        self._soon.timeout.connect(self.refresh)
        for signal in (session.dataset_opened, session.active.changed, jobs.changed):
            signal.connect(lambda *_: self._soon.start())
        session.status_changed.connect(lambda key: self._soon.start())

    def _build_body(self) -> QWidget:
        body = parts.Sides(narrow=620)
        left = parts.column(margins=0)
        left.addWidget(self.table)
        left.addWidget(self.remarks)
        left.addStretch(1)
        body.sides.addLayout(left, 2)
        right = parts.column(margins=0)
        right.addWidget(parts.heading(tr("mIoU, FIVE CLASSES AND WITHOUT BACKGROUND")))
        right.addWidget(self.chart, 1)
        body.sides.addLayout(right, 3)
        return parts.scrolled(body, tr("Versions"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the evaluations anew, in the background, if anybody looks."""
        if not self.isVisible():
            return
        dataset = self._session.dataset
        if dataset is None:
            self._show(Survey(None, ()))
            return
        state, active = dataset.state, self._session.active.path
        self._background.run(
            lambda: survey(state, active),
            lambda found: self._show(found) if self._is_open(state) else None,
            lambda error: self._session.notice.emit(str(error), "error"),
        )

    def missing(self) -> list[Entry]:
        """The versions not measured on the test photos there are now, on the terms of the last evaluation."""
        terms = self.survey.terms
        current = terms is not None and terms.keys == self._test_photos()
        return [entry for entry, score in self.survey.versions if score is None or not current]

    def evaluate(self) -> None:
        """Start a job for each version that is missing; they run one after the other."""
        dataset, terms = self._session.dataset, self.survey.terms
        if dataset is None:
            return
        missing, keys = self.missing(), sorted(self._test_photos())
        if terms is not None:
            quality, size = terms.quality, None if terms.size == "native" else parse_size(terms.size)
        else:  # one that suits them all: only networks that were made for stretched photos can be asked so
            stretched = all(read_info(entry.path).fit == "stretch" for entry in missing)
            quality, size = "paper" if stretched else "standard", PAPER_SIZE
        for entry in missing:
            config = EvaluateConfig(
                str(dataset.root),
                str(entry.path),
                "test",
                keys or None,
                native=size is None,
                quality=quality,
                size=size or PAPER_SIZE,
            )
            self._jobs.start("evaluate", config.to_json(), quiet=True)
        self._soon.start()

    def _test_photos(self) -> frozenset[str]:
        dataset = self._session.dataset
        if dataset is None:
            return frozenset()
        found = dataset.select("test")
        return frozenset(item.key for item in found if self._session.status(item.key) == "approved")

    def _is_open(self, state: Path) -> bool:
        return self._session.dataset is not None and self._session.dataset.state == state

    def _show(self, found: Survey) -> None:
        self.survey = found
        terms, versions = found.terms, found.versions
        missing = self.missing()
        waits = self._jobs.of("evaluate") is not None or self._jobs.waits("evaluate")
        some = len(missing) < len(versions) and len(missing) > 0
        self.evaluate_button.setText(
            tr("Evaluating…")
            if waits
            else tr("Evaluate {count} missing", count=len(missing))
            if some
            else tr("Evaluate all versions")
        )
        for made in (self.evaluate_button, self.empty.button):
            made.setEnabled(bool(missing) and not waits)
        self.evaluate_button.setVisible(terms is not None)
        self.caption.setText(self._caption(terms))
        self._body.setCurrentIndex(0 if terms is None else 1)
        if terms is None:
            return
        by_name = {entry.path.stem: score for entry, score in versions if score is not None}
        rows = []
        for entry, score in versions:
            before = by_name.get(entry.parent)
            old = before.miou if before is not None else None
            figures: tuple[Any, Any] = (score.miou, score.foreground) if score is not None else (None, None)
            rows.append((entry.path.stem, *figures, old))
        active = [entry.path == self._session.active.path for entry, _ in versions]
        self.table.show_versions(rows, active.index(True) if True in active else -1)
        self.remarks.setText("\n".join(_remarks(found)))
        self.chart.show_points(
            [
                Point(
                    short(entry.path.stem), entry.path.stem, entry.parent, score.miou, score.foreground, score.seen > 0
                )
                for entry, score in versions
                if score is not None
            ]
        )

    def _caption(self, terms: Terms | None) -> str:
        if terms is None:
            return ""
        photos = tr("%Ln test photo(s)", "", len(terms.keys))
        looked = (
            tr("stretched as in the paper")
            if terms.quality == "paper"
            else tr("{quality} quality", quality=tr(terms.quality))
        )
        said = tr("On {photos}, {size}, {looked}", photos=photos, size=terms.size.replace("x", " × "), looked=looked)
        now = self._test_photos()
        if now != terms.keys:
            others = tr("The approved test photos are others by now ({count}): evaluate all versions on these")
            said += f". {others.format(count=numeral(len(now)))}"
        return said


def _remarks(found: Survey) -> list[str]:
    """What has to be known to read the table."""
    said: list[str] = []
    trained: dict[int, list[str]] = {}
    total = len(found.terms.keys) if found.terms is not None else 0
    for entry, score in found.versions:
        if score is not None and score.seen:
            trained.setdefault(score.seen, []).append(entry.path.stem)
    for seen, names in trained.items():
        text = (
            tr(
                "{models} were trained on {seen} of these {total} photos (hollow in the chart), which makes their "
                "scores too good."
            )
            if names[1:]
            else tr(
                "{models} was trained on {seen} of these {total} photos (hollow in the chart), which makes its score "
                "too good."
            )
        )
        said.append(text.format(models=together(names), seen=numeral(seen), total=numeral(total)))
    if any(score is None for _, score in found.versions):
        said.append(tr("– not measured on these photos in this way."))
    return said
