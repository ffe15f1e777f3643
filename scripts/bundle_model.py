"""Take a training's weights into resources/models: half precision, and a card made of what the file says of itself.

python scripts/bundle_model.py runs/chromanet chromanet --command "chromadesk train ..." [--notes FILE]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np

from chromadesk import resources
from chromadesk.classes import CLASSES, COUNT, PAPER_ORDER
from chromadesk.files import write_text
from chromadesk.learning.metrics import scores as measured
from chromadesk.models import library, weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.network import Network
from chromadesk.models.registry import architecture


def card(info: WeightsInfo, count: int, command: str, notes: str) -> str:
    """The model card, in Markdown."""
    title = architecture(info.architecture).title
    order = [CLASSES[index].name for index in PAPER_ORDER]
    lines = [
        f"# {title} (`{info.name}`)",
        "",
        f"{architecture(info.architecture).description}.",
        "",
        f"- Parameters: {count / 1e6:.2f} M {json.dumps(info.parameters)}; input {info.input_size[0]} x "
        f"{info.input_size[1]} (height x width), fit `{info.fit}`, normalisation `{info.normalise}` in the network",
        f"- Licence: {info.licence}; file: half precision safetensors",
        f"- Trained on {len(info.trained_on)} photos of {info.dataset}; loss {info.loss}; {info.epochs} epochs; "
        f"seed {info.seed}; split {info.split}",
        f"- Command: `{command}`",
        *([f"- Its encoder began from {info.encoder}"] if info.encoder else []),
        "",
    ]
    if info.scores:
        lines += [_table(info.scores, order), ""]
    return "\n".join([*lines, notes.strip(), ""])


def _table(scores: dict[str, Any], order: list[str]) -> str:
    head = "| | " + " | ".join(order) + " | all | without background |"
    rule = "|---" * (len(order) + 3) + "|"

    def row(name: str, values: list[float | None]) -> str:
        return f"| {name} | " + " | ".join("" if value is None else f"{value:.3f}" for value in values) + " |"

    accuracy = [scores["class_accuracy"][name] for name in order]
    iou = [scores["iou"][name] for name in order]
    return "\n".join(
        [
            head,
            rule,
            row("IoU", [*iou, scores["miou"], scores["miou_without_background"]]),
            row("accuracy", [*accuracy, scores["pixel_accuracy"], scores["pixel_accuracy_without_background"]]),
            "",
            f"Mean class accuracy {scores['mean_class_accuracy']:.3f}.",
        ]
    )


def average(network: Network, other: Network, share: float) -> None:
    """Move ``network`` by ``share`` of the way to ``other``, the same architecture trained from the same start."""
    theirs = other.state_dict()
    mixed = {
        name: tensor + share * (theirs[name] - tensor) if tensor.is_floating_point() else tensor
        for name, tensor in network.state_dict().items()
    }
    network.load_state_dict(mixed)


def main() -> None:
    """Read the arguments, write the two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="the training's folder")
    parser.add_argument("name", help="what the bundled model is called")
    parser.add_argument("--command", required=True, help="the command that trained it")
    parser.add_argument("--notes", type=Path, help="Markdown to end the card with")
    parser.add_argument("--scores", type=Path, help="an evaluation's JSON to take the scores from (for a final refit)")
    parser.add_argument("--parent", default="", help="the bundled model it was made from, if any")
    parser.add_argument("--dataset", help="what the data are called, where the folder's name does not say")
    parser.add_argument("--average", type=Path, help="weights file whose weights are averaged with the training's")
    parser.add_argument("--share", type=float, default=0.5, help="of that file in the average")
    arguments = parser.parse_args()
    network, info = weights.load(arguments.run / "model.safetensors")
    if arguments.average:
        average(network, weights.load(arguments.average)[0], arguments.share)
    scores = info.scores
    if arguments.scores:
        found = json.loads(arguments.scores.read_text())
        scores = {key: found[key] for key in measured(np.zeros((COUNT, COUNT), dtype=np.int64))}
    info = dataclasses.replace(info, name=arguments.name, scores=scores, parent=arguments.parent)
    if arguments.dataset:
        info = dataclasses.replace(info, dataset=arguments.dataset)
    target = resources.folder() / "models" / f"{arguments.name}.safetensors"
    weights.save(network, info, target, half=True)
    library.write_checksums(target.parent)
    count = sum(parameter.numel() for parameter in network.parameters())
    notes = arguments.notes.read_text() if arguments.notes else ""
    write_text(target.with_suffix(".md"), card(info, count, arguments.command, notes))
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
