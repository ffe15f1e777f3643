"""The one-click clean-ups in one table: name, title, what their slider sets, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chromadesk.editing import cleanup
from chromadesk.editing.patch import Box, Plane
from chromadesk.studio.words import mark

#: Row and column on the photo.
Place = tuple[int, int]


@dataclass(frozen=True)
class CleanUp:
    """One of them; its ``name`` is also the kind of its patch and the name of its icon.

    Sliders count in photo pixels. Where they start and end is a share of the photo's side (the square root of its
    area; see ``editing.cleanup``). ``amount`` says a number of pixels in words.
    """

    name: str
    title: str
    does: str
    slider: str
    amount: str
    most: float
    clean: Callable[[Plane, int, Place | None, frozenset[int], Box | None], Plane]
    hint: str = ""

    def first(self, side: float) -> int:
        """Where the slider starts for a photo of this side, in pixels."""
        return cleanup.first(self.name, side)

    def largest(self, side: float) -> int:
        """The slider's end for a photo of this side, in pixels."""
        return max(round(self.most * side), 4)


CLEAN_UPS: tuple[CleanUp, ...] = (
    CleanUp(
        "smooth",
        mark("Smooth edges"),
        mark("Straightens ragged edges; straps, fingers and strands stay."),
        mark("Strength"),
        mark("{0} px"),
        0.03,
        lambda labels, amount, _, locked, box: cleanup.smooth(labels, amount, locked, box),
    ),
    CleanUp(
        "holes",
        mark("Fill holes"),
        mark("Gives what one class encloses that class."),
        mark("Largest hole"),
        mark("up to {0} × {0} px"),
        0.15,
        lambda labels, amount, _, locked, box: cleanup.fill_holes(labels, amount**2, locked, box),
    ),
    CleanUp(
        "specks",
        mark("Remove specks"),
        mark("Gives small islands the class around them."),
        mark("Largest speck"),
        mark("up to {0} × {0} px"),
        0.15,
        lambda labels, amount, _, locked, box: cleanup.remove_specks(labels, amount**2, locked, box),
    ),
    CleanUp(
        "person",
        mark("Keep this person only"),
        mark("Turns everybody else into background."),
        mark("Widest gap between parts of the person"),
        mark("gaps to {0} px"),
        0.1,
        lambda labels, amount, place, locked, box: cleanup.keep_person(labels, place, amount, locked, box),
        mark("Click who stays"),
    ),
)
BY_NAME = {each.name: each for each in CLEAN_UPS}
