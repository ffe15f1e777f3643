"""Chips as on a forecasting card: a flat square of colour, below it what is known of it; and the sheets they fill."""

from __future__ import annotations

from chromadesk.colour.formats import helvetica
from chromadesk.colour.formats.drawing import HAIRLINE, INK, QUIET, Box, Sheet, Text, wrapped
from chromadesk.colour.formats.swatchfile import Group, one_line
from chromadesk.colour.swatch import Swatch

A4 = (595.28, 841.89)
MARGIN = 42.0
WIDTH = A4[0] - 2 * MARGIN
_FOOT = 58.0  # from the sheet's lower edge to where nothing else may lie
_COLUMNS, _OTHER_COLUMNS, _GAP = 5, (6, 4), 12.0
_SQUARE, _LINE = 84.0, 10.5
_NOTE_LINES = 3


def facts(swatch: Swatch, shares: bool) -> list[str]:
    """Hex, Lab and share, a line each."""
    lines = [f"{swatch.hex}{'' if swatch.in_srgb else ' (nearest in sRGB)'}", lab_line(swatch)]
    if shares and 0 < swatch.share < 1:
        lines.append(percent(swatch.share))
    return lines


def lab_line(swatch: Swatch) -> str:
    """``Lab 41.2 -3.0 18.7``."""
    return "Lab " + " ".join(f"{round(value, 1) + 0.0:.1f}" for value in swatch.lab)


def percent(share: float) -> str:
    """``12.5 %``."""
    return f"{100 * share:.1f} %"


class Flow:
    """Fills sheets from top to bottom; ``y`` is where the next thing goes.

    ``paged`` ends a sheet at A4's height and begins another; else one sheet grows as long as need be. ``notes``
    stand at the foot of each.
    """

    def __init__(self, title: str, notes: list[str], *, paged: bool, most: int = _COLUMNS) -> None:
        """``most``: of chips in a group; the columns are chosen for it."""
        self._columns = _columns(most)
        self._chip = (WIDTH - (self._columns - 1) * _GAP) / self._columns
        self._square = min(_SQUARE, self._chip * 0.92)
        self._title, self._notes, self._paged = one_line(title) or "Palette", notes, paged
        self.sheets: list[Sheet] = []
        self.y = 0.0
        self._begin()

    @property
    def sheet(self) -> Sheet:
        """The one being filled."""
        return self.sheets[-1]

    @property
    def left(self) -> float:
        """The height that is left on an A4 sheet above its foot."""
        return A4[1] - _FOOT - self.y

    def room_for(self, height: float) -> bool:
        """Begin a new sheet unless ``height`` is left; says whether it did."""
        if not self._paged or height <= self.left:
            return False
        self._begin()
        return True

    def finish(self) -> list[Sheet]:
        """The sheets, each with its foot."""
        if not self._paged:
            self.sheet.height = self.y + _FOOT
        for number, sheet in enumerate(self.sheets, 1):
            top = sheet.height - _FOOT + 18
            sheet.items.append(Box(MARGIN, top, WIDTH, 0.5, HAIRLINE))
            number_room = 60.0 if len(self.sheets) > 1 else 0.0
            for index, line in enumerate([*self._notes, "Lab: CIE 1976, D65, 2 degrees"][:3]):
                sheet.items.append(Text(MARGIN, top + 11 + 9 * index, line, 6.5, WIDTH - number_room, QUIET))
            if number_room:
                text = f"{number} / {len(self.sheets)}"
                x = MARGIN + WIDTH - helvetica.width(text, 6.5)
                sheet.items.append(Text(x, top + 11, text, 6.5, number_room, QUIET))
        return self.sheets

    def _begin(self) -> None:
        self.sheets.append(Sheet(*A4))
        first = len(self.sheets) == 1
        self.sheet.items.append(Box(0, 0, A4[0], A4[1] if self._paged else 1e5, (255, 255, 255)))
        size = 20.0 if first else 11.0
        self.sheet.items.append(Text(MARGIN, MARGIN + size * 0.75, self._title, size, WIDTH, INK if first else QUIET))
        self.y = MARGIN + size + (20 if first else 12)

    def heading(self, text: str, continued: bool = False) -> None:
        """The title of a group, with a line under it."""
        shown = f"{one_line(text)} (continued)" if continued else one_line(text)
        self.sheet.items += [
            Text(MARGIN, self.y + 9, shown, 10, WIDTH),
            Box(MARGIN, self.y + 15, WIDTH, 0.5, HAIRLINE),
        ]
        self.y += 25

    def chips(self, group: Group, *, notes: list[str] | None = None, shares: bool = True) -> None:
        """A group's heading, the band of its shares, and its chips in rows; ``notes``: a person's words for each.

        Without ``shares`` nothing is said of them, as where colours come from several photos.
        """
        heading = 25.0 if group.title else 0.0
        rows = [
            range(at, min(at + self._columns, len(group.swatches)))
            for at in range(0, len(group.swatches), self._columns)
        ]
        for index, row in enumerate(rows):
            texts = [self._texts(group.swatches[place], shares, notes[place] if notes else "") for place in row]
            height = self._square + 6 + _LINE * max(len(lines) for lines in texts) + 10
            band = shares and index == 0 and _has_shares(group)
            new = self.room_for(height + (heading + 14 * band if index == 0 else 0))
            if group.title and (index == 0 or new):
                self.heading(group.title, continued=index > 0)
            if band:
                self._band(group)
            for column, (place, lines) in enumerate(zip(row, texts, strict=True)):
                self._place(MARGIN + column * (self._chip + _GAP), group.swatches[place], lines)
            self.y += height
        self.y += 12

    def _band(self, group: Group) -> None:
        x, total = MARGIN, sum(swatch.share for swatch in group.swatches)
        for swatch in group.swatches:
            width = WIDTH * swatch.share / total
            self.sheet.items.append(Box(x, self.y - 4, width, 6, swatch.rgb))
            x += width
        self.y += 12

    def _place(self, x: float, swatch: Swatch, lines: list[tuple[str, float]]) -> None:
        light = swatch.lab[0] > 92  # or the paper would swallow it
        self.sheet.items.append(Box(x, self.y, self._chip, self._square, swatch.rgb, HAIRLINE if light else None))
        y = self.y + self._square + 12
        for index, (line, size) in enumerate(lines):
            self.sheet.items.append(Text(x, y, line, size, self._chip, INK if index == 0 else QUIET))
            y += _LINE

    def _texts(self, swatch: Swatch, shares: bool, note: str) -> list[tuple[str, float]]:
        """The lines under a chip and their sizes."""
        words = wrapped(one_line(note), self._chip, _NOTE_LINES, lambda text: helvetica.width(text, 7))
        return [(one_line(swatch.name), 8.5), *((line, 7.0) for line in [*facts(swatch, shares), *words])]


def _columns(most: int) -> int:
    """Five, or whichever leaves the fewest places empty where a group has more than a row."""
    if most <= _COLUMNS:
        return _COLUMNS
    return min((_COLUMNS, *_OTHER_COLUMNS), key=lambda columns: -most % columns)


def _has_shares(group: Group) -> bool:
    return len(group.swatches) > 1 and all(0 < swatch.share < 1 for swatch in group.swatches)
