"""A page that shows segmented photos and their colours: one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
import html as markup
import io
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

import chromadesk
from chromadesk.classes import CLASSES, FashionClass, class_shares
from chromadesk.colour.swatch import Swatch
from chromadesk.inference.batch import overlay
from chromadesk.masks import encode_mask
from chromadesk.models import registry
from chromadesk.models.info import WeightsInfo

_LONGEST = 900  # of the embedded pictures; the files beside the report have every pixel
#: Figures first, ground last.
_ORDER = (*CLASSES[:0:-1], CLASSES[0])


@dataclass(frozen=True, eq=False)
class Page:
    """One photo: its name, (H, W, 3) sRGB pixels, (H, W) class ids, and the colours of each class."""

    name: str
    pixels: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.uint8]
    palettes: dict[str, list[Swatch]]


def html(pages: list[Page], model: WeightsInfo, failures: list[str]) -> str:
    """The report on ``pages``, segmented by ``model``; ``failures`` are sentences on photos that could not be read."""
    legend = "".join(f"<li>{_chip(each.hex)}{each.name}</li>" for each in _ORDER)
    failed = "".join(f"<li>{markup.escape(text)}</li>" for text in failures)
    return _DOCUMENT.format(
        style=_STYLE,
        legend=legend,
        model=markup.escape(_card(model)),
        failures=f'<section class="failures"><h2>Not read</h2><ul>{failed}</ul></section>' if failed else "",
        pages="".join(_section(page) for page in pages),
        version=markup.escape(chromadesk.__version__),
    )


def _card(model: WeightsInfo) -> str:
    """The model in one line."""
    row = registry.find(model.architecture)
    title = row.title if row else model.architecture or "another program's"
    name = title if model.name == model.architecture else f"{model.name} ({title})"
    parts = [name, f"input {model.input_size[0]} x {model.input_size[1]}"]
    miou = model.scores.get("miou")
    if isinstance(miou, float):
        parts.append(f"mIoU {miou:.3f} on its test photos")
    if model.dataset:
        parts.append(f"trained on {model.dataset}")
    return " · ".join([*parts, model.licence])


def _section(page: Page) -> str:
    pixels, labels = _reduced(page.pixels, page.labels)
    name = markup.escape(page.name)
    pictures = (
        ("photo", _jpeg(pixels)),
        ("overlay", _jpeg(overlay(pixels, labels))),
        ("mask", _uri("image/png", encode_mask(labels))),
    )
    figures = "".join(
        f'<figure><img src="{data}" alt="{kind} of {name}"><figcaption>{kind}</figcaption></figure>'
        for kind, data in pictures
    )
    shares = class_shares(page.labels)
    rows = "".join(_row(each, float(shares[each.id]), page.palettes.get(each.name, [])) for each in _ORDER)
    height, width = page.labels.shape
    return (
        f'<section><h2>{name} <span class="meta">{width} x {height}</span></h2>'
        f'<div class="pictures">{figures}</div><div class="colours">{rows}</div></section>'
    )


def _row(fashion_class: FashionClass, share: float, swatches: list[Swatch]) -> str:
    """A class: its chip, name and share of the photo, then a card for each of its colours."""
    cards = "".join(
        f'<div class="card"><div class="patch" style="background:{swatch.hex}"></div>'
        f"<code>{swatch.hex}</code><span>{100 * swatch.share:.0f} %</span></div>"
        for swatch in swatches
    )
    body = f'<div class="cards">{cards}</div>' if cards else '<p class="none">does not occur</p>'
    return (
        f'<div class="class"><h3>{_chip(fashion_class.hex)}{fashion_class.name}'
        f'<span class="meta">{100 * share:.1f} % of the photo</span></h3>{body}</div>'
    )


def _chip(colour: str) -> str:
    return f'<i style="background:{colour}"></i>'


def _reduced(
    pixels: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Both at most _LONGEST pixels high and wide."""
    height, width = labels.shape
    scale = _LONGEST / max(height, width)
    if scale >= 1:
        return pixels, labels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    few = cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST)
    return small.astype(np.uint8), few.astype(np.uint8)


def _jpeg(pixels: npt.NDArray[np.uint8]) -> str:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=88)
    return _uri("image/jpeg", buffer.getvalue())


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


_STYLE = """
:root { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; background: #1e1e1e; color: #e6e6e6; font: 14px/1.45 Inter, system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
header, main, footer { max-width: 1240px; margin: 0 auto; padding: 20px 24px; }
header { padding-top: 32px; padding-bottom: 4px; }
h1 { margin: 0 0 4px; font-size: 20px; font-weight: 600; }
h2 { margin: 0 0 12px; font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
h3 { margin: 0 0 8px; font-size: 13px; font-weight: 600; }
p { margin: 0; }
.meta, footer, .none, figcaption, header p { color: #a8a8a8; font-weight: 400; font-size: 12px; }
.meta { margin-left: 8px; }
ul.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 12px 0 0; padding: 0;
  list-style: none; font-size: 12px; }
i { display: inline-block; width: 12px; height: 12px; margin-right: 8px; border: 1px solid #454545; border-radius: 2px;
  vertical-align: -1px; }
section { margin-bottom: 20px; padding: 16px; background: #2b2b2b; border: 1px solid #454545; border-radius: 4px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; }
figure { margin: 0; padding: 12px 12px 8px; background: #3a3a3a; border-radius: 4px; text-align: center; }
img { display: block; max-width: 100%; max-height: 560px; margin: 0 auto 8px; }
.colours { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(500px, 100%), 1fr)); gap: 16px;
  margin-top: 12px; padding: 16px; background: #777777; border-radius: 4px; color: #000; }
.colours .meta, .colours .none { color: #000; }
.colours i { border-color: #000; }
.cards { display: flex; flex-wrap: wrap; gap: 8px; }
.card { width: 88px; height: 112px; background: #1e1e1e; color: #e6e6e6; font-size: 11px; }
.patch { width: 88px; height: 72px; margin-bottom: 4px; }
.card code, .card span { display: block; padding: 0 6px; font: inherit; line-height: 16px; }
.card span { color: #a8a8a8; }
.failures li { overflow-wrap: anywhere; }
@media print { body { background: #fff; color: #000; } section { break-inside: avoid; } }
"""

_DOCUMENT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ChromaDesk: masks and colours</title>
<style>{style}</style>
</head>
<body>
<header><h1>Masks and colours</h1><p>{model}</p><ul class="legend">{legend}</ul></header>
<main>{failures}{pages}</main>
<footer>ChromaDesk {version}</footer>
</body>
</html>
"""
