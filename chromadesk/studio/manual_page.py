"""A page of the guide as Qt shows it: Markdown made into HTML, pictures from the resources, places lit up."""

from __future__ import annotations

import functools
from typing import Any

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QImageReader, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from chromadesk import resources
from chromadesk.errors import ChromaDeskError
from chromadesk.manual import html, pages
from chromadesk.studio import theme
from chromadesk.studio.words import tr

#: A page is as wide as reads well, px, with so much on each side.
_COLUMN, _SIDE = 672, 32
_INDENT = 24
_LOOK = f"""
p, li {{ color: {theme.TEXT}; font-size: 14px; line-height: 135%; }}
h1 {{ font-size: 26px; font-weight: 600; margin-top: 20px; margin-bottom: 14px; }}
h2 {{ font-size: 19px; font-weight: 600; margin-top: 32px; margin-bottom: 10px; }}
h3, h4, h5 {{ font-size: 15px; font-weight: 600; margin-top: 24px; margin-bottom: 8px; }}
p {{ margin-top: 0; margin-bottom: 12px; }}
p.picture {{ line-height: 100%; margin-top: 4px; margin-bottom: 16px; }}
li {{ margin-bottom: 6px; }}
a {{ color: {theme.ACCENT}; text-decoration: none; }}
code, pre {{ font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; font-size: 12px; }}
code {{ background-color: {theme.CHROME}; }}
pre {{ margin-top: 0px; margin-bottom: 0px; white-space: pre-wrap; line-height: 135%; }}
table {{ margin-top: 8px; margin-bottom: 18px; }}
td, th {{ font-size: 13px; padding: 5px 14px 5px 0; border-bottom: 1px solid {theme.LINE}; }}
td.code {{ background-color: {theme.CHROME}; padding: 10px 12px; border: none; }}
th {{ text-align: left; font-weight: 600; color: {theme.DIM}; }}
blockquote {{ color: {theme.DIM}; }}
"""


class Page(QTextBrowser):
    """A page of the guide; links between pages are followed here, others by the person's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(tr("Page of the guide"))
        self.setToolTip("")
        self.setMinimumWidth(_COLUMN + 2 * _SIDE + 16)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(_COLUMN + 2 * _SIDE)
        self.document().setDefaultStyleSheet(_LOOK)
        self.document().setDocumentMargin(_SIDE)
        self.document().setIndentWidth(_INDENT)
        self.anchorClicked.connect(lambda url: self.go(self.source().resolved(url)))

    def go(self, url: QUrl) -> None:
        """Show a page, at the heading that ``url`` names behind a #."""
        if url.scheme() == "guide":
            self.setSource(url, QTextDocument.ResourceType.HtmlResource)
        else:
            QDesktopServices.openUrl(url)

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """What a page is made of: itself, and pictures as large as they are shown."""
        where = self.source().resolved(QUrl(url))
        if where.scheme() != "guide":
            return None
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._picture(where.path().removeprefix("/resources/"))
        return html.render(text(name_of(where)))

    def mark(self, words: list[str]) -> None:
        """Light up every place of each of ``words``."""
        self.setExtraSelections([self._lit(place) for word in words for place in self._places(word)])

    def next_place(self) -> None:
        """Go to the next place that is lit up; after the last comes the first."""
        places = sorted(each.cursor.selectionStart() for each in self.extraSelections())
        if places:
            here = self.textCursor().position()
            cursor = self.textCursor()
            cursor.setPosition(next((place for place in places if place > here), places[0]))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _places(self, word: str) -> list[QTextCursor]:
        found, cursor = [], self.document().find(word)
        while not cursor.isNull():
            found.append(cursor)
            cursor = self.document().find(word, cursor)
        return found

    def _lit(self, place: QTextCursor) -> QTextEdit.ExtraSelection:
        lit = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.WARNING))
        look.setForeground(QColor(theme.ON_ACCENT))
        lit.cursor, lit.format = place, look
        return lit

    def _picture(self, place: str) -> QImage:
        reader = QImageReader(str(resources.folder() / place))
        ratio = self.devicePixelRatioF()
        wide, size = round(_COLUMN * ratio), reader.size()
        if size.width() > wide:
            reader.setScaledSize(QSize(wide, round(size.height() * wide / size.width())))
        picture = reader.read()
        picture.setDevicePixelRatio(ratio)
        return picture


def name_of(url: QUrl) -> str:
    """The page that ``url`` names; empty for none."""
    return url.fileName().removesuffix(".md")


@functools.cache
def text(name: str) -> str:
    """The Markdown of a page, or why there is none."""
    try:
        return pages.text(name)
    except ChromaDeskError as error:
        return f"# {name}\n\n{error}\n"


@functools.cache
def said(name: str) -> str:
    """What a page says, in small letters."""
    return html.words(text(name)).lower()
