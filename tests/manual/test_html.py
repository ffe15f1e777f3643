"""Markdown as Qt needs it."""

from __future__ import annotations

from chromadesk.manual import html

PAGE = """# A page

<!-- not run: why -->
```console
$ chromadesk a < b
```

## Weights (`fast`)

One *line*
and [another](other.md#it).

## Weights (`fast`)

![A view](../resources/view.webp)

| a | b |
|---|---|
| 1 | <i>2</i> |
"""


def test_headings_are_named_as_on_the_web() -> None:
    assert html.anchors(PAGE) == {"a-page", "weights-fast", "weights-fast-1"}
    assert '<h2><a name="weights-fast-1"></a>Weights' in html.render(PAGE)


def test_code_stands_on_a_ground_and_comments_are_not_shown() -> None:
    shown = html.render(PAGE)
    assert '<td class="code"><pre>$ chromadesk a &lt; b</pre></td>' in shown
    assert "why" not in shown
    assert '<a href="other.md#it">another</a>' in shown
    assert "<td><i>2</i></td>" in shown
    assert '<p class="picture"><img src="../resources/view.webp" alt="A view" /></p>' in shown


def test_words_are_what_a_reader_sees() -> None:
    words = html.words(PAGE)
    assert words == "A page $ chromadesk a < b Weights (fast) One line and another. Weights (fast) A view a b 1 2"
