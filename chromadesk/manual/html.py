"""A page of the guide as the HTML that Qt's rich text understands, and as plain words to search in."""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chromadesk.manual.parts import slug

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
#: Qt gives a paragraph no padding, a cell of a table it does.
_CODE = '<table width="100%" cellspacing="0"><tr><td class="code"><pre>{}</pre></td></tr></table>\n'
_TABLE = '<table cellspacing="0">\n'


def render(markdown: str) -> str:
    """``markdown`` as HTML: every heading with an anchor named as on the web, code in a cell of its own, a paragraph
    that is but a picture of the class "picture" (its lines must not be spaced as those of words are).
    """
    tokens = _parsed(markdown)
    for opening, inside in itertools.pairwise(tokens):
        if opening.type == "paragraph_open" and [each.type for each in inside.children or ()] == ["image"]:
            opening.attrSet("class", "picture")
    for inside, name in _headings(tokens):
        inside.children = [Token("html_inline", "", 0, content=f'<a name="{name}"></a>'), *(inside.children or ())]
    shown: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return shown


def words(markdown: str) -> str:
    """What a reader sees of ``markdown``, in one line of plain words."""
    said = []
    for token in _parsed(markdown):
        if token.type == "inline":
            said.append("".join(_said(each) for each in token.children or ()))
        elif token.type in _BLOCKS:
            said.append(token.content)
    return " ".join(" ".join(said).split())


def anchors(markdown: str) -> set[str]:
    """The names of the headings of a page."""
    return {name for _, name in _headings(_parsed(markdown))}


def _parsed(markdown: str) -> list[Token]:
    return _MARKDOWN.parse(_COMMENT.sub("", markdown))


def _said(inside: Token) -> str:
    return {"softbreak": " ", "html_inline": ""}.get(inside.type, inside.content)


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """What stands in each heading, and its anchor; the second of a name gets "-1" behind it."""
    met: Counter[str] = Counter()
    for token, inside in itertools.pairwise(tokens):
        if token.type == "heading_open":
            name = slug("".join(each.content for each in inside.children or ()))
            yield inside, f"{name}-{met[name]}" if met[name] else name
            met[name] += 1


def _code(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return _CODE.format(html.escape(tokens[index].content.rstrip("\n")))


def _table(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return _TABLE


_BLOCKS = ("fence", "code_block")
_MARKDOWN = MarkdownIt("commonmark").enable("table")
for _block in _BLOCKS:
    _MARKDOWN.add_render_rule(_block, _code)
_MARKDOWN.add_render_rule("table_open", _table)
