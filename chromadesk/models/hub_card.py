"""A model card in the form of the Hugging Face Hub: README.md, whose head is YAML that programs read. No torch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.models import registry
from chromadesk.models.info import WeightsInfo

#: The scores that go into the head, and what the Hub calls them.
_METRICS = (("miou", "mean_iou", "mIoU"), ("pixel_accuracy", "accuracy", "pixel accuracy"))
_USE = """```python
import numpy as np, onnxruntime
from PIL import Image

session = onnxruntime.InferenceSession("model.onnx")
photo = Image.open("photo.jpg").convert("RGB")
size = {size}
small = photo.resize(size, Image.Resampling.BOX)
photos = np.asarray(small, np.float32).transpose(2, 0, 1)[None] / 255
(scores,) = session.run(None, {{"photos": photos}})
mask = Image.fromarray(scores[0].argmax(0).astype("uint8")).resize(photo.size, Image.Resampling.NEAREST)
```"""
_CITATION = (
    "Ahmet H. Güzel, Peihua Lai, Stephen Westland: ChromaFashion[net]te: Designing Efficient Image-to-Image "
    "Translation Artificial Neural Network Model For Segmenting Fashion Images. University of Leeds, 2023."
)


def text(info: WeightsInfo, checked: str, own: Path) -> str:
    """The card of ``info``. ``checked`` says how the exported file compares with the network; what the card ``own``
    (if it is there) says besides is added.
    """
    row = registry.find(info.architecture)
    title = row.title if row else info.architecture
    parts = [
        f"---\n{_head(info)}---",
        f"# {info.name}",
        f"{title} ({row.description if row else 'a network'}): five classes of a fashion photo, pixel by pixel.",
        _classes(),
        "## Use",
        "`model.onnx` takes any number of photos of any size, `photos`: float32 (N, 3, height, width), RGB in 0..1, "
        "sRGB and upright. Normalisation is inside. It answers `scores`: float32 (N, 5, height, width), of which the "
        f"largest is the pixel's class. {_fit(info)}",
        _USE.format(size=_size(info)),
        "ChromaDesk does more: it finds the people first, looks at each closely, and lets the mask's edges follow the "
        "photo's: `chromadesk segment PHOTOS --model model.onnx --out MASKS`.",
        "## Made from",
        "\n".join(_origin(info)),
        f"Compared with the network in PyTorch when this file was written: {checked}.",
    ]
    if info.scores:
        parts += ["## Scores on the test photos", _scores(info)]
    if own.is_file():
        parts += ["## In detail", _body(own)]
    parts += ["## Limits", _limits(), "## Cite", _CITATION]
    return "\n\n".join(parts) + "\n"


def _head(info: WeightsInfo) -> str:
    """The YAML; text in JSON's form, which is YAML too."""
    lines = [
        f"license: {json.dumps(info.licence.lower())}",
        "library_name: onnx",
        "pipeline_tag: image-segmentation",
        "tags: [chromadesk, onnx, semantic-segmentation, fashion, human-parsing]",
        "metrics: [mean_iou, accuracy]",
    ]
    known = [(kind, name, info.scores[key]) for key, kind, name in _METRICS if info.scores.get(key) is not None]
    if known:
        data = json.dumps(info.dataset or "test photos")
        lines += [
            "model-index:",
            f"- name: {json.dumps(info.name)}",
            "  results:",
            "  - task: {type: image-segmentation, name: semantic segmentation}",
            f"    dataset: {{type: {data}, name: {data}, split: test}}",
            "    metrics:",
        ]
        lines += [f"    - {{type: {kind}, name: {name}, value: {value:.6g}}}" for kind, name, value in known]
    return "\n".join(lines) + "\n"


def _classes() -> str:
    rows = [f"| {each.id} | {each.name} | `{each.hex}` |" for each in CLASSES]
    return "\n".join(["| id | class | colour |", "|---|---|---|", *rows])


def _fit(info: WeightsInfo) -> str:
    height, width = info.input_size
    if info.fit == "stretch":
        return f"It was trained on photos stretched to {height} x {width} (height x width)."
    return f"It was trained on about {height} x {width} = {height * width} pixels a photo, proportions kept."


def _size(info: WeightsInfo) -> str:
    height, width = info.input_size
    if info.fit == "stretch":
        return f"({width}, {height})"
    scale = f"({height * width} / (photo.width * photo.height)) ** 0.5"
    return f"tuple(max(1, round(side * {scale})) for side in photo.size)"


def _origin(info: WeightsInfo) -> list[str]:
    photos = f"{len(info.trained_on)} photos of {info.dataset or 'a data set without a name'}"
    lines = [
        f"- {json.dumps(info.architecture)} with {json.dumps(info.parameters)}",
        f"- trained on {photos}; loss {info.loss or 'unknown'}; {info.epochs} epochs; seed {info.seed}",
        f"- licence {info.licence}; ChromaDesk {info.version or 'of an unknown version'}",
    ]
    lines += [f"- its encoder began from {info.encoder}"] if info.encoder else []
    lines += [f"- fine-tuned from {info.parent}"] if info.parent else []
    return lines


def _scores(info: WeightsInfo) -> str:
    names = [CLASSES[index].name for index in PAPER_ORDER]
    head = f"| | {' | '.join(names)} | all | without background |"
    iou, both = info.scores.get("iou", {}), (info.scores.get("miou"), info.scores.get("miou_without_background"))
    figures = [_figure(value) for value in (*(iou.get(name) for name in names), *both)]
    return "\n".join([head, "|---" * (len(names) + 3) + "|", f"| IoU | {' | '.join(figures)} |"])


def _figure(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, int | float) else ""


def _body(own: Path) -> str:
    """A card of ours without its title and its pictures, which lie elsewhere; headings one step down."""
    lines = [line for line in own.read_text("utf-8").splitlines() if not line.startswith(("# ", "!["))]
    return "\n".join(f"#{line}" if line.startswith("##") else line for line in lines).strip()


def _limits() -> str:
    return (
        "Made for photos of people in clothes. It knows no person and no garment by name, judges nobody, and finds "
        "small accessories and hair under caps least well; people who are rare in its training photos will fare worse. "
        "Look at its masks before you count on them."
    )
