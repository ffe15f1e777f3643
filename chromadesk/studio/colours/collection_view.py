"""The middle of the collection page: section below section, each a chart whose marks lead to their photos."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from chromadesk.classes import by_name
from chromadesk.colour import hues
from chromadesk.colour.trends import Change
from chromadesk.studio import theme
from chromadesk.studio.colours.charts import Band, Cards, LightMap, Wheel
from chromadesk.studio.colours.collection_side import field_title, group_title
from chromadesk.studio.colours.gathering import Found
from chromadesk.studio.colours.marks import MarksView
from chromadesk.studio.colours.moves import Changes, Distances, Families
from chromadesk.studio.colours.trust_words import trust_words
from chromadesk.studio.panels import parts
from chromadesk.studio.words import class_name, tr

_MARGIN = 24


class CollectionView(QScrollArea):
    """Shows a Found that has a collection."""

    #: A Mark was clicked.
    chosen = Signal(object)
    #: Two groups were: (from, to).
    pair_chosen = Signal(object)

    families = hues.FAMILIES

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("Colours of the collection"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title, self.trust = _ink(theme.SENTENCE + 5, True), _ink(theme.META)
        self.trust.setAccessibleName(tr("What these colours were read from"))
        self.trust.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.band, self.cards, self.wheel, self.map = Band(), Cards(), Wheel(), LightMap()
        self.hues, self.changes, self.distances = Families(), Changes(), Distances()
        self._verdict = _ink(theme.META)
        self._grouped = _ink(theme.HEADING, True)
        ground = QWidget()
        ground.setObjectName("collection")
        column = QVBoxLayout(ground)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 24)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.trust)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(self.band)
        column.addWidget(self.cards)
        both = parts.row(spacing=24)
        both.addWidget(self.wheel)
        both.addWidget(self.map, 1)
        charts = QWidget()
        charts.setLayout(both)
        charts.setMaximumWidth(900)
        self._sections: list[tuple[QFrame, Sequence[MarksView]]] = []
        column.addWidget(
            self._section(
                _ink(theme.HEADING, True, tr("Hue, lightness and chroma")),
                _ink(theme.META, text=tr("The wheel leaves neutrals out, the map shows all. Areas are shares.")),
                charts,
            )
        )
        column.addWidget(
            self._section(
                self._grouped,
                _ink(theme.META, text=tr("Hues stand above the line, neutrals hang below it.")),
                self.hues,
            )
        )
        self._moves = self._section(_ink(theme.HEADING, True, tr("Rising and falling")), self._verdict, self.changes)
        self._apart = self._section(
            _ink(theme.HEADING, True, tr("Distances between groups")),
            _ink(
                theme.META,
                text=tr("How far colours must move (CIEDE2000) to turn one into the other; bold: more than by chance."),
            ),
            self.distances,
        )
        column.addWidget(self._moves)
        column.addWidget(self._apart)
        column.addStretch(1)
        self.setWidget(ground)
        self._charts: tuple[MarksView, ...] = (
            self.band, self.cards, self.wheel, self.map, self.hues, self.changes, self.distances,
        )  # fmt: skip
        for chart in self._charts[:-1]:
            chart.chosen.connect(self.chosen)
        self.distances.chosen.connect(self.pair_chosen)

    def show_found(self, found: Found) -> None:
        """Show what was found."""
        collection = found.collection
        assert collection is not None
        overall = collection.overall
        self.title.setText(tr("Colours of {what}", what=class_name(by_name(collection.class_name).id)))
        self.trust.setText(trust_words(collection.trust))
        self.band.marks = self.cards.marks = overall.palette
        self.wheel.marks, self.wheel.chromatic = overall.wheel, overall.chromatic
        self.map.marks = overall.map
        self.hues.groups = collection.groups or (overall,)
        self._grouped.setText(
            tr("Hues by {field}", field=field_title(collection.by)) if collection.groups else tr("Neutrals and hues")
        )
        self.changes.before, self.changes.after = (group_title(name) for name in found.compared)
        self.changes.changes = found.changes
        self._moves.setVisible(bool(found.changes))
        self._verdict.setText(_sure(found.changes))
        self.distances.names = [
            group.name
            for group in collection.groups
            if any(group.name in (each.one, each.two) for each in collection.distances)
        ]
        self.distances.distances = collection.distances
        self._apart.setVisible(bool(collection.distances))
        for chart in self._charts:
            chart.region = collection.class_name
            chart.refresh()

    def show_chosen(self, mark: object) -> None:
        """Frame ``mark`` wherever it is drawn."""
        for chart in self._charts:
            chart.show_chosen(mark)

    def _section(self, title: QLabel, say: QLabel, content: QWidget) -> QFrame:
        made = QFrame()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 20, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(title)
        layout.addWidget(say)
        layout.addSpacing(8)
        layout.addWidget(content)
        return made


def _sure(changes: Sequence[Change]) -> str:
    rising = sum(change.verdict == "rising" for change in changes)
    falling = sum(change.verdict == "falling" for change in changes)
    return tr(
        "{rising} rise, {falling} fall; of the others nobody can be sure: their interval (95 %) includes zero.",
        rising=rising,
        falling=falling,
    )


def _ink(pixels: int, semibold: bool = False, text: str = "") -> QLabel:
    """Text on the grey that colours are judged on."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setStyleSheet(f"color: #000000; font-size: {pixels}px; font-weight: {600 if semibold else 400};")
    return made
