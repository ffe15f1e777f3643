"""The sections of a collection's page: each a piece of HTML whose marks are links to their photos."""

from __future__ import annotations

import html as markup
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chromadesk.colour import hues
from chromadesk.colour.charts import interval, light_map, opening, percent, wheel
from chromadesk.colour.collection import Collection, Comparison, Summary
from chromadesk.colour.gathered import PhotoColours
from chromadesk.colour.pool import Mark
from chromadesk.colour.trends import Change

_WEIGHTINGS = {
    "photo": "Every photo counts the same.",
    "pixel": "Every pixel counts the same: near figures weigh more.",
}


class Sections:
    """Makes the sections of one page, and numbers the marks in them."""

    def __init__(
        self, collection: Collection, photos: Sequence[PhotoColours], fields: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.collection = collection
        self.photos = [photo for photo in photos if photo.swatches]
        self.fields = fields
        self.marks: list[Mark] = []
        self._numbers: dict[int, int] = {}

    def link(self, mark: Mark) -> int:
        """The number of a mark, the same whenever it is drawn."""
        if id(mark) not in self._numbers:
            self._numbers[id(mark)] = len(self.marks)
            self.marks.append(mark)
        return self._numbers[id(mark)]

    def data(self) -> dict[str, Any]:
        """What the script needs: of each photo its name, fields and colours; of each mark its photos by number."""
        places = {photo.key: number for number, photo in enumerate(self.photos)}
        return {
            "photos": [
                [
                    photo.key,
                    " · ".join(dict.fromkeys(self.fields.get(photo.key, {}).values())),
                    [[swatch.hex, round(1000 * swatch.share)] for swatch in photo.swatches],
                ]
                for photo in self.photos
            ],
            "marks": [
                [
                    mark.name,
                    mark.swatch.hex,
                    percent(mark.share),
                    [places[key] for key, _ in mark.photos],
                    [round(1000 * share) for _, share in mark.photos],
                ]
                for mark in self.marks
            ],
        }

    def palette(self) -> str:
        """The overall palette: a band, and a card for each colour."""
        marks = self.collection.overall.palette
        cards = "".join(
            f'{opening(mark, self.link(mark)).replace("<a ", "<a class=card ")}<i style="background:{mark.swatch.hex}">'
            f"</i><b>{markup.escape(mark.name)}</b><span>{mark.swatch.hex}</span><span>{percent(mark.share)}</span></a>"
            for mark in marks
        )
        say = f"{_WEIGHTINGS[self.collection.weighting]} Click any colour to see its photos."
        body = f'<div class="field"><div class="band">{self._band(marks)}</div><div class="cards">{cards}</div></div>'
        return section("palette", "Palette", say, body)

    def hues(self) -> str:
        """The wheel and the map, side by side."""
        overall = self.collection.overall
        say = "The wheel shows what has a hue, without the neutrals. The map shows all, light above. Areas are shares."
        return section(
            "hues",
            "Hue, lightness, chroma",
            say,
            f'<div class="two"><div class="field">{wheel(overall.wheel, overall.chromatic, self.link)}</div>'
            f'<div class="field">{light_map(overall.map, self.link)}</div></div>',
        )

    def families(self) -> str:
        """Shares of hues, neutrals apart at the left: of all photos, then of each group."""
        groups, overall = self.collection.groups, self.collection.overall
        rows = self._row("all photos", overall, "tall") + "".join(self._row(group.name, group, "") for group in groups)
        key = "".join(
            f'<span><i style="background:{mark.swatch.hex}"></i>{mark.name} {percent(mark.share)}</span>'
            for mark in overall.families
        )
        heading = f"Hues by {self.collection.by}" if groups else "Neutrals and hues"
        say = (
            f"{percent(1 - overall.chromatic)} is neutral: black, grey, white, beige and brown stand at the left. "
            "Each part has the mean colour of what is in it."
        )
        body = f'<div class="field"><div class="rows">{rows}</div><div class="key">{key}</div></div>'
        return section("families", heading, say, body)

    def _row(self, label: str, summary: Summary, kind: str) -> str:
        neutral = [mark for mark in summary.families if mark.name in hues.NEUTRALS]
        chromatic = [mark for mark in summary.families if mark.name in hues.HUES]
        parts = "<u></u>".join(
            "".join(
                f"{self._open(mark, 'light' if mark.swatch.oklch[0] > 0.6 else 'dark', label + ', ')}"
                f"{_inside(mark)}</a>"
                for mark in marks
            )
            for marks in (neutral, chromatic)
            if marks
        )
        return f'{_label(label, summary)}<div class="stack {kind}">{parts}</div>'

    def moves(self) -> str:
        """What rises and falls between two groups, to choose from."""
        comparisons = self.collection.comparisons
        if not comparisons:
            return ""
        choices = "".join(
            f'<option value="{number}">{markup.escape(f"{one.before} to {one.after}")}</option>'
            for number, one in enumerate(comparisons)
        )
        pairs = "".join(self._pair(number, comparison) for number, comparison in enumerate(comparisons))
        say = (
            "In points of share. The bar is the 95 % interval when whole photos are drawn again; if it includes zero, "
            "nothing can be said. Even where nothing changed, about one colour in twenty passes by chance."
        )
        choice = f'<label class="meta">From <select id="pair">{choices}</select></label>'
        return section("moves", "Rising and falling", say, choice + pairs)

    def _pair(self, number: int, comparison: Comparison) -> str:
        reach = max((abs(end) for each in comparison.changes for end in (each.low, each.high)), default=0.0)
        by_verdict: dict[str, list[Change]] = {"rising": [], "falling": [], "not sure": []}
        for change in comparison.changes:
            by_verdict[change.verdict].append(change)
        by_verdict["falling"].reverse()  # the steepest first, as with the rising
        columns = "".join(
            f"<div><h3>{verdict.capitalize()}</h3>{self._moves(by_verdict[verdict], reach)}</div>"
            for verdict in ("rising", "falling")
        )
        unsure = by_verdict["not sure"]
        rest = f"<details{'' if len(unsure) < len(comparison.changes) else ' open'}><summary>Not sure: {len(unsure)} "
        rest += f'colours</summary><div class="moves"><div>{self._moves(unsure[::2], reach)}</div>'
        rest += f"<div>{self._moves(unsure[1::2], reach)}</div></div></details>"
        hidden = " hidden" if number else ""
        shown = f'<div class="moves">{columns}</div>{rest if unsure else ""}'
        return f'<div class="pair" data-pair="{number}"{hidden}>{shown}</div>'

    def _moves(self, changes: Sequence[Change], reach: float) -> str:
        return (
            "".join(
                f'{self._open(change.mark, "move")}<i style="background:{change.mark.swatch.hex}"></i>'
                f"<span>{markup.escape(change.mark.name)}</span>"
                f'<span class="meta">{percent(change.before)} → {percent(change.after)}</span>'
                f"{interval(change, reach)}</a>"
                for change in changes
            )
            or '<p class="meta">None for certain.</p>'
        )

    def distances(self) -> str:
        """How far the groups lie apart, as a table."""
        if not self.collection.distances:
            return ""
        found = {(one.one, one.two): one for one in self.collection.distances}
        names = list(dict.fromkeys(name for pair in found for name in pair))
        most = max(distance.value for distance in found.values()) or 1.0
        head = "".join(f'<th scope="col">{markup.escape(name)}</th>' for name in names[1:])
        rows = []
        for place, row in enumerate(names[:-1]):
            cells = ["<td></td>"] * place
            for column in names[place + 1 :]:
                distance = found[row, column]
                grey = round(42 + 150 * distance.value / most)
                ink = "#000" if grey > 116 else "#fff"
                sure = f"{distance.value / distance.chance:.1f} × chance" if distance.chance else ""
                note = sure if distance.value > distance.chance else "within chance"
                cells.append(
                    f'<td style="background:rgb({grey},{grey},{grey});color:{ink}">{distance.value:.1f}'
                    f"<small>{note}</small></td>"
                )
            rows.append(f'<tr><th scope="row">{markup.escape(row)}</th>{"".join(cells)}</tr>')
        say = (
            "Earth mover’s distance with CIEDE2000: by how much the colours of one must change, on the mean, to become "
            "the other’s. Within chance: random groups of the same photos, as large as these, lie as far apart."
        )
        table = f"<table><tr><td></td>{head}</tr>{''.join(rows)}</table>"
        return section("distances", "How far apart", say, table)

    def palettes(self) -> str:
        """The palette of each group."""
        if not self.collection.groups:
            return ""
        rows = "".join(
            f'{_label(group.name, group)}<div class="stack">{self._band(group.palette)}</div>'
            for group in self.collection.groups
        )
        heading = f"A palette for each {self.collection.by}"
        body = f'<div class="field"><div class="rows">{rows}</div></div>'
        return section("groups", heading, "Read from the group’s own photos.", body)

    def _band(self, marks: Iterable[Mark]) -> str:
        return "".join(f"{opening(mark, self.link(mark)).replace('<a ', _styled(mark))}</a>" for mark in marks)

    def _open(self, mark: Mark, kind: str, said: str = "") -> str:
        start = opening(mark, self.link(mark), said)
        if kind == "move":
            return start.replace("<a ", '<a class="move" ', 1)
        return start.replace(
            "<a ", f'<a class="{kind}" style="--w:{1000 * mark.share:.1f};background:{mark.swatch.hex}" ', 1
        )


def section(name: str, heading: str, say: str, body: str) -> str:
    """A section of the page; ``body`` is HTML, the rest is text."""
    head = f'<h2>{markup.escape(heading)}</h2><p class="say">{markup.escape(say)}</p>'
    return f'<section id="{name}">{head}{body}</section>'


def _styled(mark: Mark) -> str:
    name = markup.escape(f"{mark.name} {mark.swatch.hex} {percent(mark.share)}")
    return f'<a title="{name}" style="--w:{1000 * mark.share:.1f};background:{mark.swatch.hex}" '


def _inside(mark: Mark) -> str:
    """What is written in a part that is wide enough."""
    return f"{mark.name}<br>{percent(mark.share)}" if mark.share >= 0.055 else ""


def _label(name: str, summary: Summary) -> str:
    count = f"{len(summary.keys)} photo{'' if len(summary.keys) == 1 else 's'}"
    return f'<div class="label"><h3>{markup.escape(name)}</h3><span class="meta">{count}</span></div>'
