"""Every action of the window in one table: name, text, keys, icon, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from chromadesk.studio import diagnostics, icons, panes
from chromadesk.studio.canvas.saying import say_over
from chromadesk.studio.opening import open_again
from chromadesk.studio.panels.selection_line import run_selected
from chromadesk.studio.reverting import bring_back, go_back
from chromadesk.studio.saving import switch_split
from chromadesk.studio.words import capitalised, mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window


@dataclass(frozen=True)
class Spec:
    """One action; ``needs`` says what must be there: "dataset" or "photo" an open one, "mask" a photo and its mask in
    view (the Paint workspace), since nobody wants to undo or approve what is not to be seen; "strip" a data set and the
    filmstrip in view; "steps" a photo and something in view that can be taken back; "held" a data set that another
    studio has; "backup" what "mask" does, and that a save has replaced another mask. Actions of one ``group`` share a
    submenu of that name.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    icon: str
    slot: Callable[[Window], object]
    needs: str = ""
    group: str = ""

    @property
    def title(self) -> str:
        """What it is called on a key cap's tip or in a list, where nothing follows."""
        return tr(self.text).rstrip("…")


#: A group of actions.
CLEAN_UP = mark("Clean up")
#: Another: what is done with the photos selected in the filmstrip.
SELECTED = mark("Selected photos")
#: And those that would make the menu longer than a laptop's screen is high.
REVERT, VIEW, WORKSPACES = mark("Revert mask"), mark("View"), mark("Workspaces")
EXCHANGE = mark("Import and export")


def _selected(name: str, text: str, *keys: str) -> Spec:
    return Spec(f"{name}_selected", text, keys, "", lambda w: run_selected(w, name), "strip", SELECTED)


#: What changes photos, and is refused while another studio has them.
CHANGING = (
    *("save", "approve", "predict", "predict_all", "split", "undo", "redo"),
    *("revert_saved", "revert_proposal", "revert_first", "revert_previous", "smooth", "holes", "specks", "person"),
    *("predict_selected", "approve_selected", "exclude_selected", "exclude_why_selected", "take_back_selected"),
    *("note_selected", "import_psd"),
)

# Single letters and digits belong to the canvas (canvas/keys.py), so that typing in a field is typing.
TABLE: tuple[Spec, ...] = (
    Spec("open", mark("Open folder…"), ("Ctrl+O",), "folder", lambda w: w.choose_folder()),
    Spec(
        "import_data",
        mark("Import a data set…"),
        ("Ctrl+I",),
        "import",
        lambda w: w.exchange.import_page.unfold(),
        group=EXCHANGE,
    ),
    Spec(
        "export_data",
        mark("Export the data set…"),
        ("Ctrl+E",),
        "export",
        lambda w: w.exchange.export_page.unfold(),
        "dataset",
        EXCHANGE,
    ),
    Spec(
        "export_psd",
        mark("Export as Photoshop file…"),
        ("Ctrl+Shift+S",),
        "",
        lambda w: w.exchange.photoshop.ask_where(),
        "photo",
        EXCHANGE,
    ),
    Spec(
        "import_psd",
        mark("Bring back a Photoshop file…"),
        ("Ctrl+Shift+I",),
        "",
        lambda w: w.exchange.photoshop.ask_which(),
        "photo",
        EXCHANGE,
    ),
    Spec("save", mark("Save mask"), ("Ctrl+S",), "save", lambda w: w.session.save(), "photo"),
    Spec(
        "approve",
        mark("Approve and go on"),
        ("Ctrl+Return", "Ctrl+Enter"),
        "check",
        lambda w: w.coarse.approve(),
        "mask",
    ),
    Spec(
        "predict", mark("Predict where nobody painted"), ("Ctrl+R",), "predict", lambda w: w.session.predict(), "mask"
    ),
    Spec(
        "predict_all",
        mark("Predict everything anew"),
        ("Ctrl+Shift+R",),
        "",
        lambda w: w.session.predict(everything=True),
        "mask",
    ),
    Spec("edit", mark("Open for editing"), ("Ctrl+Shift+O",), "", lambda w: open_again(w.session), "held"),
    Spec("rank", mark("Rank photos by doubt"), ("Ctrl+Shift+D",), "rank", lambda w: w.rank_photos(), "dataset"),
    Spec(
        "split", mark("Keep for testing, or train again"), ("Ctrl+T",), "", lambda w: switch_split(w.session), "photo"
    ),
    Spec("undo", mark("Undo"), ("Ctrl+Z",), "undo", lambda w: w.undo(), "steps"),
    Spec("redo", mark("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", lambda w: w.redo(), "steps"),
    Spec("revert_saved", mark("Revert to the saved mask"), ("F12",), "", lambda w: go_back(w, "saved"), "mask", REVERT),
    Spec(
        "revert_proposal",
        mark("Revert to the proposal"),
        ("Shift+F12",),
        "",
        lambda w: go_back(w, "proposal"),
        "mask",
        REVERT,
    ),
    Spec(
        "revert_first", mark("Revert to first opened"), ("Ctrl+F12",), "", lambda w: go_back(w, "first"), "mask", REVERT
    ),
    Spec(
        "revert_previous",
        mark("Back to the mask before the last save"),
        ("Ctrl+Shift+F12",),
        "",
        bring_back,
        "backup",
        REVERT,
    ),
    Spec(
        "smooth",
        mark("Smooth edges"),
        ("Shift+F7",),
        "smooth",
        lambda w: w.paint.cleaning.begin("smooth"),
        "mask",
        CLEAN_UP,
    ),
    Spec(
        "holes", mark("Fill holes"), ("Shift+F5",), "holes", lambda w: w.paint.cleaning.begin("holes"), "mask", CLEAN_UP
    ),
    Spec(
        "specks",
        mark("Remove specks"),
        ("Shift+F8",),
        "specks",
        lambda w: w.paint.cleaning.begin("specks"),
        "mask",
        CLEAN_UP,
    ),
    Spec(
        "person",
        mark("Keep this person only"),
        ("Shift+F9",),
        "person",
        lambda w: w.paint.cleaning.begin("person"),
        "mask",
        CLEAN_UP,
    ),
    Spec("previous", mark("Previous photo"), ("PgUp",), "", lambda w: w.paint.photos.step(-1), "dataset"),
    Spec("next", mark("Next photo"), ("PgDown",), "", lambda w: w.paint.photos.step(1), "dataset"),
    _selected("predict", mark("Predict the selected photos"), "Ctrl+Shift+P"),
    _selected("approve", mark("Approve the selected photos"), "Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
    _selected("exclude", mark("Exclude the selected photos"), "Ctrl+Shift+X"),
    _selected("exclude_why", mark("Exclude the selected photos with a note…"), "Ctrl+Shift+W"),
    _selected("take_back", mark("Take the selected photos back to work"), "Ctrl+Shift+B"),
    _selected("note", mark("Note on the selected photos…"), "Ctrl+Shift+N"),
    _selected("export", mark("Export masks of the selected photos…"), "Ctrl+Shift+E"),
    Spec(
        "compare", mark("Compare with what was before"), ("Ctrl+D",), "", lambda w: w.comparing.toggle(), "mask", VIEW
    ),
    Spec("fit", mark("Fit on screen"), ("Ctrl+0",), "", lambda w: w.paint.canvas.fit(), "mask", VIEW),
    Spec("actual", mark("Actual pixels"), ("Ctrl+1",), "", lambda w: w.paint.canvas.actual_size(), "mask", VIEW),
    Spec("zoom_in", mark("Zoom in"), ("Ctrl++", "Ctrl+="), "", lambda w: w.paint.canvas.zoom_step(1), "mask", VIEW),
    Spec("zoom_out", mark("Zoom out"), ("Ctrl+-",), "", lambda w: w.paint.canvas.zoom_step(-1), "mask", VIEW),
    Spec("find", mark("Find a command…"), ("Ctrl+F",), "search", lambda w: w.overlays.finder.toggle()),
    Spec("keys", mark("Keys and gestures"), ("F1",), "", lambda w: w.overlays.keys.toggle()),
    Spec("manual", mark("Guide"), ("Ctrl+Shift+F1",), "question", lambda w: w.overlays.manual.toggle()),
    Spec("guide", mark("Labelling guide"), ("Shift+F1",), "info", lambda w: w.overlays.guide.toggle()),
    Spec("bundle", mark("Save a diagnostic bundle…"), ("Ctrl+F1",), "", diagnostics.choose_bundle),
    Spec("show_paint", mark("Paint"), ("F2",), "", lambda w: w.show_workspace(0), group=WORKSPACES),
    Spec("show_colours", mark("Colours"), ("F3",), "", lambda w: w.show_workspace(1), group=WORKSPACES),
    Spec("show_model", mark("Model"), ("F4",), "", lambda w: w.show_workspace(2), group=WORKSPACES),
    Spec("pane", mark("Next part of the window"), ("F6",), "", lambda w: panes.go(w, 1), group=WORKSPACES),
    Spec(
        "pane_back", mark("Part of the window before"), ("Shift+F6",), "", lambda w: panes.go(w, -1), group=WORKSPACES
    ),
    Spec("quit", mark("Quit"), ("Ctrl+Q",), "", lambda w: w.close()),
)


#: The first action of each group, in menus (where a line parts them) and on the page of keys -> the group's name.
GROUPS = {
    "open": mark("Files"),
    "save": mark("Photo"),
    "predict": mark("Proposals"),
    "edit": mark("Data set"),
    "undo": mark("Steps"),
    "smooth": CLEAN_UP,
    "previous": mark("Photos"),
    "compare": VIEW,
    "find": mark("Help"),
    "show_paint": WORKSPACES,
    "quit": mark("Studio"),
}


class Actions:
    """The table brought to life for one window."""

    def __init__(self, window: Window) -> None:
        self.keymap = window.keymap
        self._by_name: dict[str, QAction] = {}
        for spec in TABLE:
            action = QAction(tr(spec.text), window)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if spec.icon:
                action.setIcon(icons.icon(spec.icon))
            action.triggered.connect(lambda _=False, spec=spec: _run(spec, window))
            window.addAction(action)
            self._by_name[spec.name] = action
        self._follow_keys()
        self.keymap.changed.connect(self._follow_keys)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def enable(self, dataset: bool, photo: bool, painting: bool, stepping: bool, held: bool, backed_up: bool) -> None:
        """Grey out what has nothing to act on; ``painting``: Paint is the workspace in front; ``stepping``: one is in
        which steps can be taken back; ``held``: another studio has the data set; ``backed_up``: the last save replaced
        a mask.
        """
        there = {
            "dataset": dataset,
            "photo": photo,
            "mask": photo and painting,
            "strip": dataset and painting,
            "steps": photo and stepping,
            "held": held,
            "backup": backed_up and painting,
        }
        for spec in TABLE:
            self._by_name[spec.name].setEnabled(there.get(spec.needs, True))
        self._by_name["edit"].setVisible(held)

    def fill(self, menu: QMenu) -> None:
        """Put every action into ``menu``."""
        for number, spec in enumerate(TABLE):
            if number and spec.name in GROUPS:
                menu.addSeparator()
            if not spec.group:
                menu.addAction(self._by_name[spec.name])
            elif TABLE[number - 1].group != spec.group:
                self.fill_group(menu.addMenu(tr(spec.group)), spec.group)

    def fill_group(self, menu: QMenu, group: str) -> None:
        """Put the actions of one group into ``menu``."""
        for spec in TABLE:
            if spec.group == group:
                menu.addAction(self._by_name[spec.name])

    def _follow_keys(self) -> None:
        for spec in TABLE:
            action = self._by_name[spec.name]
            keys = [QKeySequence(key) for key in self.keymap.keys(spec.name)]
            action.setShortcuts(keys)
            action.setToolTip(f"{spec.title} ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})")


def _run(spec: Spec, window: Window) -> None:
    if spec.name in CHANGING and window.session.refusal:
        say_over(window.paint.canvas, capitalised(window.session.refusal))
    else:
        spec.slot(window)
