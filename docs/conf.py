"""The web site of the guide, made by Sphinx: ``make docs``. The pages are those that the studio shows."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import chromadesk  # noqa: E402  (this checkout's, whatever is installed)
from chromadesk.manual import pages, parts  # noqa: E402

project = "ChromaDesk"
author = "the ChromaDesk authors"
copyright = "the ChromaDesk authors, Apache License 2.0"
version = release = chromadesk.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["README.md"]
myst_heading_anchors = 3
smartquotes = False  # or "--out" becomes a dash
nitpicky = False
highlight_language = "none"
autodoc_typehints = "description"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"ChromaDesk {release}"
html_static_path = ["_static"]
html_css_files = ["guide.css"]
html_copy_source = False
html_show_sphinx = False
pygments_style = "tango"
_FONT = {"font-stack": "Inter, system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif"}
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#1e1e1e",
        "color-brand-content": "#1f5fd0",
        "color-brand-visited": "#1f5fd0",
        "color-sidebar-background": "#f6f6f6",
        "color-api-name": "#1e1e1e",
        "color-api-pre-name": "#707070",
        **_FONT,
    },
    "dark_css_variables": {"color-brand-primary": "#e6e6e6", "color-brand-content": "#4c8dff", **_FONT},
}


def contents() -> str:
    """The chapters at the side; Sphinx has them from its first page."""
    return "\n".join(
        "\n".join(("```{toctree}", ":hidden:", f":caption: {chapter}", "", *names, "```", ""))
        for chapter, names in pages.CONTENTS
    ).replace("\nindex\n", "\n")


def api() -> str:
    """The reference of what ``import chromadesk`` offers, of its docstrings."""
    lines = ["```{eval-rst}"]
    for name in dir(chromadesk):
        offered = getattr(chromadesk, name)
        if not name.startswith("_") and getattr(offered, "__module__", "").startswith("chromadesk."):
            if inspect.isclass(offered):
                lines += [f".. autoclass:: chromadesk.{name}", "   :members:", ""]
            else:
                lines += [f".. autofunction:: chromadesk.{name}", ""]
    return "\n".join([*lines, "```", ""])


def fill(app: Sphinx, name: str, source: list[str]) -> None:
    """Put the made parts into a page that was read."""
    source[0] = pages.filled(source[0], {**parts.PARTS, "api": api})
    if name == "index":
        source[0] += "\n" + contents()


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.connect("source-read", fill)
