"""One command for many photos: predict, approve, exclude, take back, export. In the background, with progress and a way
to stop.

Each photo is one step in the thread that also opens and saves photos, so nothing is read while it is written, and the
person goes on painting between two steps. Predictions come from the segmenter when nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from chromadesk import homes
from chromadesk.dataset.index import STATUSES, Status
from chromadesk.dataset.pairs import Item
from chromadesk.editing import store
from chromadesk.errors import ChromaDeskError, StorageError
from chromadesk.sidecars import beside
from chromadesk.studio import saving
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.session import Session
from chromadesk.studio.tips import with_keys
from chromadesk.studio.words import tr


@dataclass
class _Run:
    """A command under way. ``step`` begins one photo; it ends in ``Batch._done``."""

    doing: str
    #: How many photos -> what was done with them.
    did: Callable[[int], str]
    left: list[str]
    step: Callable[[Item], None]
    #: How many photos were skipped -> why.
    why: Callable[[int], str]
    total: int = 0
    done: int = 0
    skipped: int = 0
    errors: list[str] = field(default_factory=list)


class Batch(QObject):
    """One command at a time."""

    #: ``words`` changed, or whether it runs.
    changed = Signal()

    def __init__(self, session: Session, predictor: Predictor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._predictor = session, predictor
        self._run: _Run | None = None
        self._exported_to: Path | None = None
        predictor.proposed.connect(self._proposed)
        predictor.refused.connect(lambda key, sentence: self._done(sentence))
        session.dataset_opened.connect(self._drop)

    @property
    def words(self) -> str:
        """How it gets on; empty when nothing runs."""
        run = self._run
        return "" if run is None else run.doing.format(number=run.done + 1, total=run.total)

    @property
    def export_folder(self) -> Path:
        """Where copies went last, or else what the data set lies in."""
        dataset = self._session.dataset
        return self._exported_to or (dataset.root.parent if dataset is not None else homes.home())

    def predict(self, keys: list[str]) -> None:
        """Propose masks for those that are new or proposed; edited, approved and excluded ones are left alone."""
        if self._session.active.path is None:
            self._session.notice.emit(
                with_keys(tr("No model is installed; train one in Model (@show_model).")), "warning"
            )
            return
        statuses = ("new", "proposed")
        self._start(
            tr("Predicting {number} of {total}"),
            lambda n: tr("%Ln photo(s) predicted", "", n),
            keys,
            self._predict,
            statuses,
            lambda n: tr("%Ln were edited, approved or excluded", "", n),
        )

    def approve(self, keys: list[str]) -> None:
        """Approve those that have a mask or a proposal, which is written into B."""
        statuses = ("proposed", "edited", "excluded")
        self._start(
            tr("Approving {number} of {total}"),
            lambda n: tr("%Ln photo(s) approved", "", n),
            keys,
            self._approve,
            statuses,
            lambda n: tr("%Ln have no mask yet or were approved before", "", n),
        )

    def exclude(self, keys: list[str], note: str | None = None) -> None:
        """Leave them out of everything, with a ``note`` that says why (None: the one they have)."""
        statuses = ("new", "proposed", "edited", "approved", *(() if note is None else ("excluded",)))
        self._start(
            tr("Excluding {number} of {total}"),
            lambda n: tr("%Ln photo(s) excluded", "", n),
            keys,
            lambda item: self._set(item, "excluded", note),
            statuses,
            lambda n: tr("%Ln were before", "", n),
        )

    def note(self, keys: list[str], note: str) -> None:
        """Put a note on them, in place of any before; empty: take it off."""
        self._start(
            tr("Noting {number} of {total}"),
            lambda n: tr("%Ln photo(s) noted", "", n),
            keys,
            lambda item: self._note(item, note),
            STATUSES,
            _were_left,
        )

    def take_back(self, keys: list[str]) -> None:
        """Approved and excluded ones want a look again: as edited, proposed or new, whichever they were."""
        self._start(
            tr("Taking back {number} of {total}"),
            lambda n: tr("%Ln photo(s) taken back", "", n),
            keys,
            self._take_back,
            ("approved", "excluded"),
            lambda n: tr("%Ln want a look anyway", "", n),
        )

    def export(self, keys: list[str], out: Path) -> None:
        """Write a copy of each mask, or proposal, into the folder ``out``, as indexed PNG."""
        self._exported_to = out
        statuses = ("proposed", "edited", "approved", "excluded")
        self._start(
            tr("Exporting {number} of {total}"),
            lambda n: tr("%Ln photo(s) exported", "", n),
            keys,
            lambda item: self._export(item, out),
            statuses,
            lambda n: tr("%Ln have no mask yet", "", n),
            changes=False,
        )

    def cancel(self) -> None:
        """Stop after the photo under way; what is done stays done."""
        if self._run is not None:
            self._run.left = []
            self._predictor.batch([])
            self._finish(stopped=True)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _start(
        self,
        doing: str,
        did: Callable[[int], str],
        keys: list[str],
        step: Callable[[Item], None],
        statuses: tuple[str, ...],
        why: Callable[[int], str],
        changes: bool = True,
    ) -> None:
        if changes and self._session.refuses():
            return
        if self._run is not None:
            self._session.notice.emit(tr("Wait until the command before is done, or cancel it."), "info")
            return
        meant = [key for key in keys if self._session.status(key) in statuses]
        self._run = _Run(doing, did, meant[::-1], step, why, len(meant), skipped=len(keys) - len(meant))
        self._next()

    def _next(self) -> None:
        run = self._run
        if run is None:
            return
        if not run.left:
            self._finish()
            return
        item = self._session.find(run.left.pop())
        self.changed.emit()
        if item is None:
            self._done("")
        else:
            run.step(item)

    def _done(self, error: str = "") -> None:
        run = self._run
        if run is None:
            return
        run.done += 1
        if error:
            run.errors.append(error)
        self._next()

    def _finish(self, stopped: bool = False) -> None:
        run, self._run = self._run, None
        self.changed.emit()
        if run is None:
            return
        fine = run.done - len(run.errors)
        text = run.did(fine)
        if stopped:
            text = tr("{done}, then stopped; {left}", done=text, left=_were_left(run.total - run.done))
        if run.skipped:
            text += f"; {run.why(run.skipped)}"
        if run.errors:
            others = len(run.errors) - 1
            more = " " + tr("(and {number} more)", number=others) if others else ""
            self._session.notice.emit(f"{text}. {run.errors[0]}{more}", "error")
        else:
            self._session.notice.emit(f"{text}.", "info")

    def _drop(self) -> None:
        """Another data set: the rest is not its."""
        self._run = None
        self._predictor.batch([])
        self.changed.emit()

    def _in_thread(self, work: Callable[[], object], then: Callable[[], None] = lambda: None) -> None:
        run, dataset = self._run, self._session.dataset

        def after(_: object) -> None:
            if self._session.dataset is dataset:
                then()
            if self._run is run:
                self._done()

        def failed(error: ChromaDeskError) -> None:
            if self._run is run:
                self._done(str(error))

        self._session.files.run(work, after, failed)

    def _predict(self, item: Item) -> None:
        if self._is_open(item):
            self._session.predict()
            self._done()
        else:
            self._predictor.batch([item])

    def _proposed(self, item: Item, labels: npt.NDArray[np.uint8]) -> None:
        run, dataset = self._run, self._session.dataset
        if run is None or dataset is None:
            return
        if self._is_open(item) or self._session.status(item.key) not in ("new", "proposed"):
            self._done()  # opened meanwhile, where it is predicted by itself; or a person decided
            return
        self._in_thread(
            lambda: _propose(item, dataset.state, labels),
            lambda: self._show(item, "proposed"),
        )

    def _approve(self, item: Item) -> None:
        dataset, index = self._session.dataset, self._session.index
        if self._is_open(item):
            self._session.approve(go_on=False)
            self._done()
            return

        def work() -> None:
            assert dataset is not None
            assert index is not None
            opened = store.open_document(item, dataset.state)
            try:
                if opened.mask_unreadable:
                    raise StorageError(
                        tr(
                            "{mask} cannot be read, so {name} was not approved; open it.",
                            mask=item.mask.name,
                            name=item.name,
                        )
                    )
                saving.save(dataset, index, store.snapshot(opened), "approved")
            finally:
                opened.close()

        self._in_thread(work, lambda: self._show(item, "approved"))

    def _show(self, item: Item, status: Status) -> None:
        if status == "approved":
            self._session.states.show(item.key, status)  # written with the mask
            self._session.photo_saved.emit(item.key)
        elif self._session.status(item.key) == "new":
            self._session.states.set(item.key, status)

    def _set(self, item: Item, status: Status, note: str | None = None) -> None:
        self._session.states.set(item.key, status, note)
        self._in_thread(lambda: None, lambda: self._session.status_changed.emit(item.key))

    def _note(self, item: Item, note: str) -> None:
        index = self._session.index
        assert index is not None
        self._in_thread(lambda: index.set_note(item.key, note), lambda: self._session.status_changed.emit(item.key))

    def _take_back(self, item: Item) -> None:
        dataset = self._session.dataset
        assert dataset is not None
        kept = dataset[item.key].has_mask
        waiting = beside(dataset.state / "journal", item.key, ".journal").exists()
        self._set(item, "edited" if kept else "proposed" if waiting else "new")

    def _export(self, item: Item, out: Path) -> None:
        dataset, document = self._session.dataset, self._session.document
        assert dataset is not None
        state = dataset.state
        target = out / (item.mask_key if dataset.layout == "split" else f"{Path(item.name).stem}.png")
        shown = document.labels.copy() if document is not None and self._is_open(item) else None

        def work() -> None:
            if target.resolve() == item.mask.resolve():
                raise StorageError(
                    tr("{out} holds the masks themselves; choose another folder for the copies.", out=out)
                )
            from chromadesk.masks import write_mask  # kept out of the window's start

            labels = shown
            if labels is None:
                opened = store.open_document(item, state, looking=True)
                opened.close()
                labels = opened.document.labels
            write_mask(target, labels)

        self._in_thread(work)

    def _is_open(self, item: Item) -> bool:
        return self._session.item is not None and self._session.item.key == item.key


def _were_left(count: int) -> str:
    return tr("%Ln were left", "", count)


def _propose(item: Item, state: Path, labels: npt.NDArray[np.uint8]) -> None:
    """Lay a prediction into the journal of a photo that nobody touched. Raises ImageError, StorageError."""
    opened = store.open_document(item, state)
    try:
        if labels.shape == opened.document.labels.shape and not opened.document.touched.any():
            opened.document.predict(labels)
    finally:
        opened.close()
