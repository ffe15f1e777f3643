"""What a person's hand does to the colours of the open photo, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from chromadesk.classes import NAMES
from chromadesk.colour import handwork, spaces
from chromadesk.colour.handwork import Anchors
from chromadesk.colour.kept import Grey, Kept, Region
from chromadesk.colour.swatch import Swatch, Triple, triple
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr

#: So many steps can be taken back on each photo.
STEPS = 50
#: What is said to be neutral may have so much chroma (CIE Lab), and must be lighter than this (Y).
_COLOURED, _DARK = 25.0, 0.02


class Hand(QObject):
    """``region`` is everywhere the name of a class or of a garment that was told apart in it."""

    #: What was done, undone, or why it cannot be done.
    said = Signal(str)
    #: A swatch is about to have its place in a region's row: (region, number).
    placed = Signal(str, int)

    def __init__(self, session: Session, live: LivePalettes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._live = live
        #: By photo: what was decided before each step, and what the step was.
        self._done: dict[str, list[tuple[Kept, str]]] = {}
        self._undone: dict[str, list[tuple[Kept, str]]] = {}
        session.dataset_opened.connect(self._forget)

    # -- a row of swatches -----------------------------------------------------------------------------------------

    def merge(self, region: str, one: int, two: int) -> None:
        """Two swatches become one, at the place of the first."""
        self._arrange(region, handwork.merged(self._row(region), one, two), tr("merge two colours"), one - (two < one))

    def split(self, region: str, one: int) -> None:
        """One swatch becomes two."""
        source, found, before = self._live.source, self._live.found.get(region), self._row(region)
        if source is None or found is None:
            return
        after = handwork.split(before, one, source, found)
        if after == before:
            self.said.emit(tr("All its pixels are of one colour."))
            return
        self._arrange(region, after, tr("split a colour"))

    def lock(self, region: str, one: int) -> None:
        """Hold a swatch at its colour, or let one that is held follow its pixels again."""
        swatch = self._live.swatches(region)[one]
        held = is_held(swatch)
        what = tr("unlock a colour") if held else tr("lock a colour")
        self._arrange(region, handwork.locked(self._row(region), one, None if held else swatch.lab), what)

    def name(self, region: str, one: int, title: str) -> None:
        """Call a swatch ``title``; empty: by its colour."""
        self._arrange(region, handwork.named(self._row(region), one, title), tr("name a colour"))

    def move(self, region: str, one: int, place: int) -> None:
        """Put a swatch at another place of its row."""
        if 0 <= place < len(self._live.swatches(region)) and place != one:
            self._arrange(region, handwork.moved(self._row(region), one, place), tr("move a colour"), place)

    def remove(self, region: str, one: int) -> None:
        """Give a swatch up; its pixels go to those that look most like them."""
        if len(self._live.swatches(region)) < 2:
            self.said.emit(tr("The last colour stays."))
            return
        self._arrange(region, handwork.removed(self._row(region), one), tr("remove a colour"))

    def pick(self, region: str, xyz: Triple) -> None:
        """A colour taken from the photo joins the row."""
        lab, row = triple(spaces.xyz_to_lab(np.array(xyz))), self._row(region)
        self._arrange(region, handwork.picked(row, lab), tr("pick a colour"), len(row))

    def reset(self, region: str) -> None:
        """Forget what was done to a row: its colours are found by themselves again."""
        self._decide(self._live.kept.with_anchors(region, ()), tr("go back to the colours found"))

    # -- the photo -------------------------------------------------------------------------------------------------

    def set_grey(self, at: tuple[int, int], xyz: Triple) -> bool:
        """Say that what is at (row, column) is neutral in truth; refused, with a sentence, for what cannot be."""
        lab = spaces.xyz_to_lab(np.array(xyz))
        chroma = float(np.hypot(lab[1], lab[2]))
        if xyz[1] < _DARK:
            self.said.emit(tr("Too dark to tell the light by; click something lighter."))
        elif chroma > _COLOURED:
            self.said.emit(tr("That is clearly coloured (chroma {chroma}); click grey or white.", chroma=round(chroma)))
        else:
            return self._decide(self._live.kept.under(Grey(at, xyz)), tr("set the grey point"))
        return False

    def clear_grey(self) -> None:
        """Take the photo's colours as the file has them."""
        self._decide(self._live.kept.under(None), tr("clear the grey point"))

    def add_garment(self, name: str, class_id: int, seed: tuple[int, int]) -> bool:
        """A garment called ``name`` lies at ``seed`` (row, column); one of this name gets one more place."""
        regions = self._live.kept.regions
        name = name.strip()
        same = next((each for each in regions if each.name == name), None)
        if not self._nameable(name, but=same.name if same and same.class_id == class_id else None):
            return False
        if same is not None:
            grown = replace(same, seeds=(*same.seeds, seed))
            regions = tuple(grown if each is same else each for each in regions)
        else:
            regions = (*regions, Region(name, class_id, (seed,)))
        return self._decide(replace(self._live.kept, regions=regions), tr("split off {name}", name=name))

    def rename_garment(self, old: str, new: str) -> bool:
        """Call a garment otherwise; what was done to its colours goes with it."""
        kept, new = self._live.kept, new.strip()
        if new == old or not self._nameable(new, but=old):
            return False
        regions = tuple(replace(each, name=new) if each.name == old else each for each in kept.regions)
        anchors = {new if name == old else name: row for name, row in kept.anchors.items()}
        return self._decide(replace(kept, regions=regions, anchors=anchors), tr("rename {name}", name=old))

    def join_garment(self, name: str) -> None:
        """A garment is part of its class again."""
        kept = self._live.kept.with_anchors(name, ())
        regions = tuple(each for each in kept.regions if each.name != name)
        self._decide(replace(kept, regions=regions), tr("join {name} again", name=name))

    # -- back and forth --------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step on this photo back, and say which."""
        self._step(self._done, self._undone, tr("Nothing to undo"), lambda what: tr("Undone: {what}", what=what))

    def redo(self) -> None:
        """Make the last undone step again, and say which."""
        self._step(self._undone, self._done, tr("Nothing to redo"), lambda what: tr("Redone: {what}", what=what))

    def _step(
        self,
        here: dict[str, list[tuple[Kept, str]]],
        there: dict[str, list[tuple[Kept, str]]],
        nothing: str,
        said: Callable[[str], str],
    ) -> None:
        key = self._key
        if self._session.refuses():
            return
        if not here.get(key):
            self.said.emit(nothing)
        else:
            kept, what = here[key].pop()
            there.setdefault(key, []).append((self._live.kept, what))
            self._live.decide(kept)
            self.said.emit(said(what))

    # -- inside ----------------------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        return self._session.item.key if self._session.item is not None else ""

    def _row(self, region: str) -> Anchors:
        return handwork.arranged(self._live.swatches(region), self._live.kept.anchors.get(region, ()))

    def _arrange(self, region: str, row: Anchors, what: str, place: int | None = None) -> None:
        if place is not None:
            self.placed.emit(region, place)
        self._decide(self._live.kept.with_anchors(region, row), what)

    def _decide(self, kept: Kept, what: str) -> bool:
        if kept == self._live.kept or not self._live.found or self._session.refuses():
            return False
        steps = self._done.setdefault(self._key, [])
        steps.append((self._live.kept, what))
        del steps[:-STEPS]
        self._undone.pop(self._key, None)
        self._live.decide(kept)
        return True

    def _nameable(self, name: str, but: str | None) -> bool:
        if not name:
            return False
        taken = {*NAMES, *(each.name for each in self._live.kept.regions)} - {but}
        if name in taken:
            self.said.emit(tr("“{name}” is taken; give it another name.", name=name))
            return False
        return True

    def _forget(self) -> None:
        self._done, self._undone = {}, {}


def is_held(swatch: Swatch) -> bool:
    """Whether a swatch stands at its colour whatever its pixels are."""
    return swatch.origin in ("locked", "picked")
