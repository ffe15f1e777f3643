"""What is open in the studio: the data set, the photo under the brush, the active model. Every panel listens here.

The session is the only place that opens, saves and changes the state of a photo. Photos are read and masks written in a
background thread, one after the other, so a photo that is reopened is read after it was saved. Its signals are emitted
in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from chromadesk.dataset.index import Index, Status
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.editing import store
from chromadesk.editing.decoded import Decoder
from chromadesk.editing.document import Document
from chromadesk.editing.pasts import Pasts
from chromadesk.errors import ChromaDeskError
from chromadesk.studio import saving
from chromadesk.studio.access import Access
from chromadesk.studio.active_model import ActiveModel
from chromadesk.studio.background import Background
from chromadesk.studio.doubts import Doubts
from chromadesk.studio.giving_back import GivingBack
from chromadesk.studio.keeping import Keeping
from chromadesk.studio.memory import hold_little, settle
from chromadesk.studio.opening import Found, Opening, find
from chromadesk.studio.proposals import Proposals
from chromadesk.studio.recovered import told
from chromadesk.studio.statuses import Statuses
from chromadesk.studio.words import capitalised, tr
from chromadesk.studio.writing import Clash, Writing

if TYPE_CHECKING:
    from chromadesk.images import Photo


class Session(QObject):
    """The open data set, photo and model. Nothing here draws; nothing here blocks longer than a file listing."""

    #: A data set was opened (or photos joined it); ``dataset`` and ``index`` are new.
    dataset_opened = Signal()
    #: A photo with this key is being read.
    photo_opening = Signal(str)
    #: The photo with this key could not be read (a notice says why); what was open still is.
    opening_failed = Signal(str)
    #: ``item``, ``photo`` and ``document`` are new (all None after the data set changed and nothing is open).
    photo_opened = Signal()
    #: The mask of this key is on disk, as it was when ``save`` was called.
    photo_saved = Signal(str)
    #: The state (new, proposed, edited, approved, excluded) of this key changed.
    status_changed = Signal(str)
    #: A sentence for the person; level is "info", "warning" or "error".
    notice = Signal(str, str)
    #: The mask of the open photo cannot be read (a sentence says why), but the one before the last save can.
    mask_broken = Signal(str)
    #: The mask of (key, path) could not be read and would be replaced; the window asks, then ``allow_overwrite``.
    overwrite_needed = Signal(str, str)
    #: Undo, redo or saved state of the open document changed (after each finished step).
    history_changed = Signal()
    #: The open photo wants a prediction: (item, everything). ``everything`` False keeps what a person touched.
    prediction_wanted = Signal(object, bool)
    #: The mask of the open photo was changed by another program, and is to be saved: (Clash); see ``underneath``.
    clashed = Signal(object)
    #: The Paint workspace should come to the front (a click on a worst photo).
    show_paint = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        hold_little()
        self.dataset: Dataset | None = None
        self.index: Index | None = None
        self.item: Item | None = None
        self.photo: Photo | None = None
        self.document: Document | None = None
        #: The model that predicts.
        self.active = ActiveModel(self)
        self.active.notice.connect(self.notice)
        self._opened: store.Opened | None = None
        self._opening: str | None = None
        #: Closes index and lock of the data set.
        self._let_go: Callable[[], None] = lambda: None
        #: Where what is known about it lay when it was opened.
        self._state: Path | None = None
        #: The revision at which it was last left for another one.
        self._left_at = 0
        #: Photos that are being read; none is twice, for each reading has a journal of its own.
        self._reading: set[str] = set()
        self.proposals = Proposals()
        self._pasts = Pasts()
        #: Reads and writes photos and masks, one after the other.
        self.files = Background(self, threads=1)
        GivingBack(self.files, self.photo_opened, self.history_changed)
        #: What the disk refuses waits there.
        self.keeping = Keeping(self.files, self)
        self.keeping.notice.connect(self.notice)
        #: Whether another studio has the data set.
        self.access = Access(self.files, self)
        #: The state of every photo.
        self.states = Statuses(self.keeping, self)
        self.states.changed.connect(self.status_changed)
        #: Masks on their way to the disk.
        self.writing = Writing(self.files, self.keeping, self.states, self)
        self.writing.saved.connect(self._saved)
        self.writing.notice.connect(self.notice)
        self.writing.clashed.connect(self._clashed)
        #: How much models doubt the photos.
        self.doubts = Doubts(self.files, self)
        self.access.changed.connect(self._access_changed)
        #: Lists folders for ``open_folder``.
        self.opening = Opening(self)
        #: Reads photos; neighbours may be read ahead through it.
        self.decoder = Decoder()
        #: Keys in the order in which a person goes through the photos; empty: the data set's own.
        self.order: list[str] = []

    # -- data set --------------------------------------------------------------------------------------------------

    @property
    def items(self) -> list[Item]:
        """Every photo of the open data set, with or without mask; empty when none is open."""
        return self.dataset.items if self.dataset else []

    @property
    def opened(self) -> store.Opened | None:
        """The open photo with its journal."""
        return self._opened

    @property
    def smaller(self) -> list[npt.NDArray[np.uint8]]:
        """The open photo halved again and again, for views that are zoomed out."""
        return self._opened.smaller if self._opened else []

    def find(self, key: str) -> Item | None:
        """The item called ``key``, if the open data set has it."""
        return self.dataset[key] if self.dataset is not None and key in self.dataset else None

    def status(self, key: str) -> Status:
        """The state of a photo: new, proposed, edited, approved or excluded."""
        return self.states[key]

    @property
    def refusal(self) -> str:
        """Why nothing may be changed, in a few words; empty when it may."""
        return self.access.reason

    @property
    def elsewhere(self) -> bool:
        """The data set cannot be written, and what is known about it lies in a folder of the user's own."""
        return self._state is not None and self.dataset is not None and self._state.parent != self.dataset.root

    def refuses(self) -> bool:
        """Nothing may be changed now, which a notice says."""
        if self.refusal:
            self.notice.emit(capitalised(self.refusal) + ".", "info")
        return bool(self.refusal)

    def open_dataset(self, path: Path, show: bool = True) -> bool:
        """Open the folder ``path`` and (``show``) its first photo; False, and a notice, when it is no data set."""
        try:
            found = find(path)
        except ChromaDeskError as error:
            self.notice.emit(str(error), "error")
            return False
        self.opening.forget()
        settle(self.dataset is None)
        self._use(found)
        if show and self.items:
            self.open_photo(self.items[0].key)
        return True

    def open_folder(self, path: Path, photo: Path | None = None) -> None:
        """The same in the background, for a person, who goes on working until it is listed; then the file ``photo``."""

        def listed(found: Found) -> None:
            self._use(found)
            match = next((item for item in self.items if item.photo == photo), None) if photo else None
            shown = match or next(iter(self.items), None)
            if shown is not None:
                self.open_photo(shown.key)

        if self.dataset is not None and self.dataset.root == path.absolute():
            self.open_dataset(path)  # at once, or what is decided meanwhile would be missing from what was listed
            return
        self.opening.open(path, listed, lambda error: self.notice.emit(str(error), "error"), self.dataset is None)

    def _use(self, found: Found) -> None:
        dataset, index = found.dataset, found.index
        self._leave()
        self._forget_photo()
        self._forget_dataset()
        self.dataset, self.index = dataset, index
        self._let_go = found.close
        self._state = found.lock.path.parent
        self.access.use(found.lock, found.holder)
        self.states.use(index, found.statuses, dataset.root)
        self.writing.use(dataset, index)
        self.doubts.use(index)
        self.active.recall(dataset.state)
        self.dataset_opened.emit()
        for remark in filter(None, (dataset.remark, found.remark)):
            self.notice.emit(remark, "warning")
        self.photo_opened.emit()

    # -- photo -----------------------------------------------------------------------------------------------------

    def open_photo(self, key: str) -> None:
        """Save the open photo silently, then read ``key`` in the background; ``photo_opened`` follows."""
        item = self.find(key)
        if item is None or self.dataset is None:
            self.notice.emit(
                tr("{key} is not in the open data set; it may have been moved or renamed.", key=key), "error"
            )
            return
        if key == self._opening or (self.item is not None and key == self.item.key and self._opening is None):
            return
        if self.item is not None and key == self.item.key:  # back before the other one was read: it is still here
            self._opening = None
            self.photo_opening.emit(key)
            self.photo_opened.emit()
            return
        self._leave()
        self._opening = key
        self.photo_opening.emit(key)
        if key in self._reading:
            return
        self._reading.add(key)
        self.writing.put_off(key)
        held, state, looking = self.writing.take_back(key), self.dataset.state, bool(self.refusal)
        self.files.run(
            lambda: held() or store.open_document(item, state, self.decoder.get, looking),
            self._show,
            lambda error: self._open_failed(key, error),
        )

    def save(self) -> None:
        """Write the open mask into B in the background; ``photo_saved`` follows, or a notice."""
        if self._opened is None or self.refuses():
            return
        if self._opened.protected:
            self.overwrite_needed.emit(self._opened.item.key, str(self._opened.item.mask))
            return
        self.writing.write(self._opened)

    def allow_overwrite(self, key: str) -> None:
        """The person agreed that the unreadable mask of ``key`` may be replaced; saves it when it is still open."""
        if self._opened is not None and self._opened.item.key == key:
            self._opened.may_replace = True
            self.save()

    def approve(self, go_on: bool = True) -> None:
        """Approve and save the open photo, then (``go_on``) open the next one that is not approved."""
        if self._opened is None or self.item is None or self.refuses():
            return
        if self._opened.protected:
            self.save()  # asks first; approving what cannot be saved would claim a mask that is not there
            return
        if self._opened.document.dirty or self.status(self.item.key) != "approved":
            self.writing.write(self._opened, "approved")
        if go_on and (following := self.next_unapproved()) is not None:
            self.open_photo(following)

    def next_unapproved(self) -> str | None:
        """The photo that approving the open one leads to."""
        if self.item is None or self.dataset is None:
            return None
        keys = self.order or self.dataset.keys
        return saving.next_unapproved(keys, self.status, self.item.key)

    def predict(self, everything: bool = False) -> None:
        """Ask for a prediction of the open photo; ``everything`` also replaces what a person touched."""
        if self.item is not None and self.document is not None and not self.refuses():
            self.proposals.ask(self.item.key, self.document if everything else None)
            self.prediction_wanted.emit(self.item, everything)

    def apply_prediction(self, key: str, labels: npt.NDArray[np.uint8]) -> None:
        """Lay a prediction (uint8 (H, W) at the photo's size) into the document; it waits for a stroke in progress."""
        if self.document is None or self.item is None or self.item.key != key or self.refusal:
            return  # the person went on to another photo; it predicts again when it is next opened
        try:
            applied = self.proposals.apply(key, labels, self.document)
        except ValueError:
            self.notice.emit(
                tr("{name} has another size than its prediction; was it changed? Open it again.", name=self.item.name),
                "error",
            )
            return
        if applied and self._opened is not None:
            self._behind(partial(store.settle, self._opened))
        if applied and self.status(key) == "new":
            self.states.set(key, "proposed")

    def close(self) -> None:
        """Save, wait for the disk, let go of everything; the window calls it before it closes."""
        self.opening.close()
        self._leave()
        self.writing.end()
        self._forget_photo()
        self.flush()
        self._let_go()
        self._let_go = lambda: None
        self._forget_dataset()
        self.keeping.close()
        self.files.finish()

    def flush(self) -> None:
        """Wait until every read and write asked for so far is done (their signals still need the event loop)."""
        self.files.wait()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _show(self, opened: store.Opened) -> None:
        self._reading.discard(opened.item.key)
        if opened.item.key != self._opening:
            self.writing.leave(opened)  # before anybody else writes to its journal
            self.writing.go_on(opened.item.key)
            return
        before = self.document
        if before is not None and (before.stroke is not None or before.revision != self._left_at):
            self._leave()  # a person painted on while this photo was read
        self._forget_photo()
        self._opening = None
        self._opened = opened
        self.item, self.photo, self.document = opened.item, opened.photo, opened.document
        self.document.stepped.append(self._stepped)
        self.document.rested.append(self._rested)
        self._pasts.give_back(opened.document, opened.fingerprint)
        self._behind(lambda: store.settle(opened))
        self.photo_opened.emit()
        for text, level in told(opened, bool(self.refusal)):
            if level == "error" and opened.backed_up and not self.refusal:
                self.mask_broken.emit(text)
            else:
                self.notice.emit(text, level)
        key = opened.item.key
        if opened.document.touched_since_save and self.status(key) != "edited":
            self.states.set(key, "edited")
        bare = self.status(key) == "new" or (self.status(key) == "edited" and key in self.proposals.owed)
        if bare and not self.refusal and not opened.recovered and not opened.mask_unreadable:
            self.predict()

    def _open_failed(self, key: str, error: ChromaDeskError) -> None:
        self._reading.discard(key)
        self.writing.go_on(key)
        if key == self._opening:
            self._opening = None
            self.opening_failed.emit(key)
        self.notice.emit(str(error), "error")

    def _leave(self) -> None:
        """Save what a person changed; a bare proposal stays in its journal, so B never holds what nobody looked at."""
        opened = self._opened
        if opened is None or self.refusal:
            return
        if opened.document.stroke is not None:
            opened.document.stroke.finish()
        self._left_at = opened.document.revision
        if not opened.document.dirty or not opened.document.touched_since_save:
            return
        writing = self.writing.under_way(opened.item.key)
        if writing is not None and not opened.document.touched_since(writing):
            return  # on its way already: approving saves, then goes on
        self.writing.write(opened, leaving=True)

    def _saved(self, key: str) -> None:
        self.photo_saved.emit(key)
        self.history_changed.emit()

    def _forget_photo(self) -> None:
        if self._opened is not None:
            opened, document = self._opened, self._opened.document
            document.stepped.remove(self._stepped)
            document.rested.remove(self._rested)
            self.writing.leave(opened)
            self._behind(lambda: self._pasts.keep(document))
        self._opened = self.item = self.photo = self.document = None
        self.proposals.take_deferred()

    def _behind(self, work: Callable[[], object]) -> None:
        """Do ``work`` in the background, in its turn."""
        self.files.run(work, lambda _: None, lambda error: self.notice.emit(str(error), "error"))

    def _forget_dataset(self) -> None:
        self.keeping.afterwards(self._let_go)
        self._let_go = lambda: None
        self.access.use(None, None)
        self.states.use(None, {}, Path())
        self.writing.use(None, None)
        self.doubts.use(None)
        self.order = []
        self.decoder.clear()
        self._reading, self.proposals = set(), Proposals()
        self.dataset = self.index = None

    def _stepped(self, kind: str) -> None:
        if self.item is not None and self.document is not None and self.document.last_step_by_person:
            self.states.set(self.item.key, "edited")
        self.history_changed.emit()

    def _clashed(self, clash: Clash) -> None:
        if clash.opened is self._opened:
            self.clashed.emit(clash)
        else:
            self.writing.keep_both(clash)  # the person went on, and is not called back

    def _access_changed(self) -> None:
        self.states.closed = self.doubts.closed = self.active.closed = bool(self.refusal)

    def _rested(self) -> None:
        deferred = self.proposals.take_deferred()
        if deferred is not None:
            self.apply_prediction(*deferred)
