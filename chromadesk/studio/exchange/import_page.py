"""Import what another program wrote: which format, which of its labels is which class, where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QFileDialog

from chromadesk import homes
from chromadesk.dataset import importing, mapping
from chromadesk.dataset.importing import Imported
from chromadesk.dataset.mapping import OWN, UNDECIDED, ClassMap, Label
from chromadesk.dataset.survey import Look
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.exchange import outcomes
from chromadesk.studio.exchange.import_fields import (
    CHANGED,
    FILE,
    FOLDER,
    LOAD,
    OPEN,
    OURS,
    OUT,
    SAVE,
    ImportFields,
)
from chromadesk.studio.exchange.preview import EDGE
from chromadesk.studio.exchange.reading import Reader, Seen
from chromadesk.studio.opening import open_again
from chromadesk.studio.outside import said
from chromadesk.studio.tips import plain
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

#: A path that rests so long is read, milliseconds.
_REST = 400


class ImportPage(ImportFields):
    """Reads as soon as it knows what; decides nothing by itself that cannot be seen in the table."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._session = window.session
        self.reader = Reader(self)
        #: What was read so far.
        self.seen = Seen()
        self._look: Look | None = None
        #: What the labels are; None: our own classes, read as such.
        self._map: ClassMap | None = None
        self._settled = self._out_typed = False
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._path_rests)
        self._connect()
        self._forget()

    def use_path(self, path: Path) -> None:
        """Import from ``path``: guess its format, and read it."""
        self.path.setText(str(path))
        self._path_rests()

    def use_map(self, name: str, chosen: ClassMap | None) -> None:
        """Let the map decide; ``name`` is one of those offered, or the title of one of the person's own."""
        before, self._map = self._map, chosen
        with QSignalBlocker(self.maps):
            if self.maps.findData(name) < 0:
                self.maps.removeItem(self.maps.findData(CHANGED))
                self.maps.addItem(name, CHANGED)
                name = CHANGED
            self.maps.setCurrentIndex(self.maps.findData(name))
        if (before is None) != (chosen is None) and self._settled:
            self._read()  # numbers are read in another way now
        self._show()

    def refresh(self) -> None:
        """Offer the open data set only where it may be changed."""
        can = self._session.dataset is not None and not self._session.refusal
        model = self.target.model()
        assert model is not None
        self.target.setCurrentIndex(0 if not can else self.target.currentIndex())
        item = model.item(1)  # type: ignore[attr-defined]
        item.setEnabled(can)
        self._show()

    def begin(self) -> None:
        """Take it in, in the background; into the open data set once what is painted is saved."""
        if not self.go.isEnabled():
            return
        session, dataset = self._session, self._session.dataset
        path, out, name = Path(self.path.text().strip()).expanduser(), self._out_path(), self._name
        chosen, replace = self._map, self.replace.isChecked()
        into_open = dataset is not None and out.resolve() == dataset.root.resolve()
        if into_open and session.refuses():
            return

        def then(result: Imported) -> None:
            open_now = session.dataset is not None and session.dataset.root.resolve() == out.resolve()
            if open_now and (result.added or result.changed):
                open_again(session)
            outcomes.tell_imported(self._window, result, out, open_now)

        def start() -> None:
            if self._window.exchange.running.start(
                tr("Importing {name}…", name=path.name),
                lambda report, cancelled: importing.run(path, name, out, chosen, replace, report, cancelled),
                then,
            ):
                self.shut()

        if into_open and session.document is not None and session.document.dirty:
            session.save()
            session.files.run(lambda: None, lambda _: start(), lambda error: self.say(str(error), alert=True))
        else:
            start()

    def close_threads(self) -> None:
        """End the threads that read."""
        self.reader.close()

    # -- inside ----------------------------------------------------------------------------------------------------

    @property
    def _name(self) -> str:
        chosen: str | None = self.form.currentData()
        return chosen or ""

    def _connect(self) -> None:
        asking = {
            FILE: self._choose_file,
            FOLDER: self._choose_folder,
            OUT: self._choose_out,
            LOAD: self._load_map,
            SAVE: self._save_map,
        }
        self.asked.connect(lambda what: asking[what]())
        reader = self.reader
        reader.guessed.connect(self._guessed)
        reader.fitted.connect(self._fitted)
        reader.seen.connect(self._surveyed)
        reader.failed.connect(self._failed)
        reader.looked.connect(self._looked)
        self.path.textEdited.connect(lambda _: self._rest.start())
        self.form.activated.connect(lambda _: self._form_chosen())
        self.maps.currentIndexChanged.connect(self._map_chosen)
        self.table.decided.connect(self._decided)
        self.table.went_to.connect(self._went_to)
        self.target.currentIndexChanged.connect(self._show)
        self.out.textEdited.connect(self._typed_out)
        self._session.dataset_opened.connect(self.refresh)

    def _forget(self) -> None:
        self.seen, self._look, self._settled = Seen(), None, False
        self.preview.say(
            tr("Choose a folder, or a PSD, JSON or Parquet file: its labels come on the left, a photo comes here.")
        )
        self.caption.setText("")
        self._show()

    def _choose_file(self) -> None:
        kinds = tr("What other programs write ({kinds})", kinds="*.psd *.psb *.json *.parquet")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Import from a file"), self._start(), kinds)
        if chosen:
            self.use_path(Path(chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Import from a folder"), self._start())
        if chosen:
            self.use_path(Path(chosen))

    def _start(self) -> str:
        given = self.path.text().strip()
        dataset = self._session.dataset
        return str(Path(given).parent if given else dataset.root.parent if dataset else homes.home())

    def _choose_out(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where the data set goes"), str(self._out_path().parent))
        if chosen:
            folder = Path(chosen)
            self._out_typed = True
            full = any(folder.iterdir())
            self.out.setText(str(folder / self._own_name() if full else folder))
            self._show()

    def _typed_out(self) -> None:
        self._out_typed = True
        self._show()

    def _out_path(self) -> Path:
        dataset = self._session.dataset
        if self.target.currentData() == OPEN and dataset is not None:
            return dataset.root
        return Path(self.out.text().strip()).expanduser()

    def _own_name(self) -> str:
        path = Path(self.path.text().strip())
        return f"{path.stem if path.suffix else path.name}-chromadesk"

    def _path_rests(self) -> None:
        text = self.path.text().strip()
        self._forget()
        if not text:
            self.reader.stop()
            return
        path = Path(text).expanduser()
        self.path.setToolTip(plain(str(path)))
        if not self._out_typed:
            self.out.setText(str(path.parent / self._own_name()))
        self.reader.guess(path)

    def _guessed(self, name: str | None) -> None:
        self.form.setCurrentIndex(self.form.findData(name) if name else -1)
        if name:
            self._form_chosen()
        else:
            self._failed(tr("Nothing here looks like a format that is known; choose one if you know better."))

    def _form_chosen(self) -> None:
        self._forget()
        self._map = None
        self.reader.read(Path(self.path.text().strip()).expanduser(), self._name, None)
        self.say(tr("Reading…"))

    def _read(self) -> None:
        self.reader.read(Path(self.path.text().strip()).expanduser(), self._name, self._map is not None)

    def _fitted(self, name: str | None, own: bool) -> None:
        if own:
            self.use_map(OURS, None)
        elif name is not None:
            self.use_map(name, mapping.find(name))
        else:
            self.use_map(tr("Own map"), ClassMap(self._own_name(), ()))
        self._settled = True

    def _surveyed(self, seen: Seen) -> None:
        first = seen.first is not None and self.seen.first is None
        self.seen = seen
        if first and seen.first is not None:
            self.reader.look_at(seen.first, EDGE)
        self._show()

    def _failed(self, sentence: str) -> None:
        self.preview.say("")
        self._show()
        self.say(said(sentence), alert=True)

    def _went_to(self, row: int) -> None:
        met = self.table.rows.met
        entry = met[row].best if 0 <= row < len(met) else None
        if entry is not None and (self._look is None or entry.name != self._look.name):
            self.reader.look_at(entry, EDGE)
        self._draw()

    def _looked(self, found: Look | str) -> None:
        if isinstance(found, str):
            self._look = None
            self.preview.say(said(found))
        else:
            self._look = found
            self.caption.setText(found.name)
            self._draw()

    def _draw(self) -> None:
        if self._look is not None:
            row = self.table.currentIndex().row()
            met = self.table.rows.met
            self.preview.show_look(self._look, self._shown_map, met[row].label if 0 <= row < len(met) else None)

    @property
    def _shown_map(self) -> ClassMap:
        return OWN if self._map is None else self._map

    def _map_chosen(self, _: int) -> None:
        name = self.maps.currentData()
        if name == OURS:
            self.use_map(OURS, None)
        elif name != CHANGED:
            self.use_map(name, mapping.find(name))

    def _decided(self, rows: list[int], target: int) -> None:
        labels = [self.table.rows.met[row].label for row in rows]
        changed = self._map if self._map is not None else ClassMap(self._own_name(), OWN.labels)
        for each in labels:
            changed = changed.deciding(each, target)
        self.use_map(tr("Own map"), changed)

    def _load_map(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Take a map"), self._start(), tr("Maps (*.toml)"))
        if chosen:
            self.take_map(Path(chosen))

    def take_map(self, path: Path) -> None:
        """Let the map in a TOML file decide."""
        try:
            self.use_map(path.stem, mapping.read(path))
        except ChromaDeskError as error:
            self.say(str(error), alert=True)

    def _save_map(self) -> None:
        start = Path(self._start()) / f"{self._own_name()}.toml"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Keep this map"), str(start), tr("Maps (*.toml)"))
        if chosen:
            self.keep_map(Path(chosen))

    def keep_map(self, path: Path) -> None:
        """Write the map with every label that was met, as TOML."""
        path = path if path.suffix else path.with_suffix(".toml")
        full = self._shown_map.with_labels(each.label for each in self.seen.met if each.photos)
        try:
            ClassMap(path.stem, full.labels, full.others).write(path)
            self.say(tr("{name} is written.", name=path.name))
        except ChromaDeskError as error:
            self.say(str(error), alert=True)

    def _show(self, *_: object) -> None:
        """Catch up with what was read, chosen and typed."""
        seen = self.seen
        self.table.show_labels([each for each in seen.met if each.photos], self._shown_map)
        self._draw()
        own = self.target.currentData() == OPEN
        for field in (self.out, self.choose):
            field.setVisible(not own)
        undecided = self._undecided()
        self.save.setEnabled(bool(seen.met))
        self.go.setEnabled(bool(seen.read) and (own or bool(self.out.text().strip())))
        if seen.read or seen.failed:
            self.say(*_state(seen, undecided))
        else:
            self.say("")

    def _undecided(self) -> list[Label]:
        rows = self.table.rows
        return [each.label for row, each in enumerate(rows.met) if rows.class_of(row) == UNDECIDED]


def _state(seen: Seen, undecided: list[Label]) -> tuple[str, bool]:
    """How the reading stands, and whether there is something to mind."""
    if not seen.done:
        far = tr("{done} of {total}", done=seen.read + seen.failed, total=seen.total) if seen.total else str(seen.read)
        sentences = [tr("Reading the labels: {far} photos.", far=far)]
    else:
        labels = tr("%Ln label(s)", "", sum(bool(each.photos) for each in seen.met))
        sentences = [tr("%Ln photo(s), {labels}.", "", seen.read, labels=labels)]
    if undecided:
        sentences.append(
            tr(
                "%Ln label(s) have no class yet: choose a map, or a class in each row. Photos that have them stay out.",
                "",
                len(undecided),
            )
        )
    if seen.failed:
        sentences.append(tr("%Ln photo(s) cannot be read: {reason}", "", seen.failed, reason=said(seen.failure)))
    return " ".join(sentences), bool(undecided or seen.failed)
