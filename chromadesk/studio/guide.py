"""The labelling guide (Shift+F1): what belongs to which class, as the masks of the data set have it.

The rules were read off masks of ccp5 (Clothing Co-Parsing in five classes) and its table of tags; where masks differ
from each other, the page says so.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from chromadesk import resources
from chromadesk.classes import CLASSES, by_name
from chromadesk.studio import theme
from chromadesk.studio.overlay import Overlay
from chromadesk.studio.panels.classes import Swatch
from chromadesk.studio.panels.parts import title
from chromadesk.studio.words import capitalised, mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

#: What the picture does not speak of.
_GREY, _GROUND = "#5a5a5a", theme.CHROME
_PICTURE = QSize(112, 192)
#: Class -> its rules, in the order of the page.
RULES: dict[str, tuple[str, ...]] = {
    "clothes": (
        mark("All that is worn and is no accessory: coats, dresses, trousers, skirts, shorts."),
        mark("Tights, stockings, leggings and socks are clothes, sheer ones too."),
        mark("A hood and a turned-up collar belong to their coat."),
        mark("The shirt that shows under a jacket is clothes as well: one shape."),
    ),
    "accessories": (
        mark("Shoes and boots, hats and head scarves, scarves, ties, belts, gloves, glasses."),
        mark("Bags, clutches and wallets, with straps and handles; what is seen through a handle is background."),
        mark("Glasses are painted whole, with their lenses."),
        mark("Watches, bracelets, necklaces and brooches, where they are large enough to paint."),
    ),
    "skin": (
        mark("Face, ears, neck, hands, arms, legs, feet, a bare waist."),
        mark("A beard and eyebrows are skin, not hair."),
        mark("Between the straps of an open shoe lies skin; the straps are accessories."),
    ),
    "hair": (
        mark("The hair of the head, also where it falls over clothes or a scarf."),
        mark("Under a hat: only what shows; the hat is an accessory."),
        mark("A bald head is skin; there may be no hair at all."),
    ),
    "background": (
        mark("All that is not the person: street, cars, shadows."),
        mark("Bystanders are background, however large they are."),
        mark("Gaps are background: between the legs, between arm and waist."),
        mark(
            "A phone, a cup or papers in the hand are no dress: background. The data set is of two minds; keep to one."
        ),
    ),
}
EDGES = (
    mark("A pixel belongs to the class that covers most of it; there is no half."),
    mark("Curls and fur are one shape, as far as they hide what is behind; single stray hairs are left out."),
    mark("What moved is cut in the middle of its blur."),
    mark("What lies in front wins: hair over a coat is hair, a strap over a coat is an accessory."),
)


class Guide(Overlay):
    """Five classes and their edges: a picture and a few rules each."""

    title = mark("Labelling guide")
    wanted = QSize(1040, 692)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(16, 4, 16, 16)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(24)
        self.sections = [_Section(name, RULES[name]) for name in RULES] + [_Section("", EDGES)]
        for number, section in enumerate(self.sections):
            grid.addWidget(section, number // 2, number % 2)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setAccessibleName(tr("Rules"))
        scroll.setToolTip(tr("Arrows and Page keys scroll"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        self.column.addWidget(scroll, 1)
        self.focus_first = scroll


class _Section(QWidget):
    def __init__(self, name: str, rules: tuple[str, ...]) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        if name:
            head.addWidget(Swatch(by_name(name)))
        head.addWidget(title(capitalised(tr(name)) if name else tr("Edges and overlaps")))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addLayout(head)
        for rule in rules:
            label = QLabel(tr(rule))
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Picture(name), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class Picture(QWidget):
    """The drawn figure with one class in its colour and the others grey; without a class: a soft edge."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFixedSize(_PICTURE)
        self.setAccessibleName(
            tr("A figure whose {name} is coloured", name=tr(name)) if name else tr("A soft edge, pixel by pixel")
        )
        self._renderer = QSvgRenderer(QByteArray(_drawing(name).encode()), self)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._renderer.render(QPainter(self), QRectF(self.rect()))


@functools.cache
def _drawing(name: str) -> str:
    source = (resources.folder() / "guide" / ("figure.svg" if name else "edge.svg")).read_text(encoding="utf-8")
    for each in CLASSES:
        if name and each.name != name:
            source = source.replace(f'"{each.hex}"', f'"{_GREY if each.id else _GROUND}"')
    return source
