"""``chromadesk train``: one training, from scratch or from weights, or the rest of one."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chromadesk.cli_options import (
    DatasetArgument,
    DeviceOption,
    JsonOption,
    PrecisionOption,
    SizeOption,
    given,
    write_json,
)
from chromadesk.errors import InputError, TeamError
from chromadesk.explain import INTERRUPTED

if TYPE_CHECKING:
    from chromadesk.jobs.messages import Report

#: What is called otherwise on the command line.
_SAID = {"compile": "compiled"}


def train(
    context: typer.Context,
    dataset: DatasetArgument,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Gets model.safetensors, metrics.jsonl, checkpoint.")],
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="The architecture (see models); default: that of --init.")
    ] = None,
    init: Annotated[str | None, typer.Option(metavar="WEIGHTS", help="Start from this weights file or name.")] = None,
    epochs: Annotated[int | None, typer.Option(help="Default: the architecture's recipe.")] = None,
    lr: Annotated[float | None, typer.Option(help="Peak learning rate; default: the recipe's.")] = None,
    batch: Annotated[int, typer.Option(help="Photos at a time, on all devices together.")] = 8,
    accumulate: Annotated[
        int, typer.Option(metavar="N", help="So many batches make a step: 4 of 8, a step of 32.")
    ] = 1,
    loss: Annotated[
        str | None, typer.Option(help="weighted (the paper's Eq. 2), vanilla or dice; default: the recipe's.")
    ] = None,
    size: SizeOption = "512x256",
    augment: Annotated[str | None, typer.Option(help="none, flip or strong; default: the recipe's.")] = None,
    schedule: Annotated[str | None, typer.Option(help="constant or one-cycle; default: the recipe's.")] = None,
    parameters: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="unet: depth=5.")] = None,
    photos: Annotated[
        str | None, typer.Option(help="all, corrected (by a person) or mixed; default: mixed with --init, else all.")
    ] = None,
    corrected_share: Annotated[float, typer.Option(help="Of a mixed epoch's samples.")] = 0.5,
    epoch_photos: Annotated[int | None, typer.Option(help="Samples an epoch; default: about 160 when mixed.")] = None,
    trust: Annotated[
        float | None,
        typer.Option(metavar="WEIGHT", help="What pixels count that no person touched, such as 0.3; default: 1."),
    ] = None,
    patience: Annotated[
        int | None, typer.Option(help="Stop after so many epochs without a better one; default: 3 with --init.")
    ] = None,
    freeze_norm: Annotated[
        bool | None,
        typer.Option("--freeze-norm/--no-freeze-norm", help="Keep BatchNorm's figures; default: in short epochs."),
    ] = None,
    test_share: Annotated[float, typer.Option(help="Kept for testing where the data set has no split yet.")] = 0.2,
    normalise: Annotated[
        str | None, typer.Option(help="Photos: none, imagenet or symmetric (-1..1); default: the architecture's.")
    ] = None,
    encoder_weights: Annotated[
        str | None, typer.Option(metavar="FILE", help="ImageNet weights of the encoder; random: do without.")
    ] = None,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    devices: Annotated[
        int, typer.Option(min=1, help="Processes on this machine that share each step: one a GPU, or on the CPU.")
    ] = 1,
    nodes: Annotated[
        int,
        typer.Option(min=1, help="Machines; give each the same command, its own --node, and the data set's folder."),
    ] = 1,
    node: Annotated[int, typer.Option(min=0, help="Which of them this is; number 0 speaks and writes.")] = 0,
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Where node 0 can be reached; the same on every node.")
    ] = None,
    compiled: Annotated[
        bool,
        typer.Option("--compile", help="By torch.compile, for GPUs: minutes at first; on a CPU it does not pay."),
    ] = False,
    cache: Annotated[
        float | None,
        typer.Option(metavar="GB", help="Decoded photos kept on disk meanwhile; default: 8 if there is room."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of split, shuffling, augmentation and fresh weights.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from DIR/checkpoint, with its settings.")] = False,
    tensorboard: Annotated[bool, typer.Option("--tensorboard", help="Keep figures in DIR/tensorboard too.")] = False,
    json_file: JsonOption = None,
) -> None:
    """Train a network, or fine-tune one from --init; Ctrl+C keeps the checkpoint.

    On two machines of four GPUs each: train DATA --out RUN --devices 4 --nodes 2 --node 0 --address first:29500 on the
    first, --node 1 on the second. torchrun and accelerate launch may begin the processes too. A checkpoint can be gone
    on with on any number of devices.
    """
    from chromadesk import terminal
    from chromadesk.learning import launch
    from chromadesk.learning.config import TrainConfig, parse_setting, parse_size
    from chromadesk.models import library

    if init is not None and init.endswith(library.SUFFIX):
        init = str(Path(init).expanduser().absolute())  # whoever resumes may stand in another folder
    asked: dict[str, Any] = {
        "dataset": str(dataset),
        "out": str(out),
        "model": model,
        "parameters": dict(parse_setting(text) for text in parameters or []),
        "init": init,
        "encoder_weights": encoder_weights,
        "epochs": epochs,
        "lr": lr,
        "batch": batch,
        "accumulate": accumulate,
        "loss": loss,
        "augment": augment,
        "schedule": schedule,
        "normalise": normalise,
        "size": parse_size(size),
        "photos": photos,
        "corrected_share": corrected_share,
        "epoch_photos": epoch_photos,
        "trust": trust,
        "patience": patience,
        "freeze_norm": freeze_norm,
        "test_share": test_share,
        "device": device,
        "precision": precision,
        "cache": cache,
        "compile": compiled,
        "seed": seed,
        "resume": resume,
    }
    if out.is_file():
        raise InputError(f"{out} is a file, not a folder; name another folder with --out.")
    member = launch.rank()
    fleet = launch.Fleet(devices, nodes, node, address)
    if member is None and fleet.size > 1:
        raise typer.Exit(launch.run(fleet))
    if resume:
        from chromadesk.learning import checkpoint
        from chromadesk.learning.team import join

        anew = {name: value for name, value in asked.items() if given(context, _SAID.get(name, name))}
        config = join(device).told(lambda: checkpoint.again(out, anew))  # the folder need not be on every node
    else:
        config = TrainConfig(**{**asked, "model": model or _architecture(init, dataset)})
    with ExitStack() as stack:
        report: Report = stack.enter_context(terminal.Reporter())
        cancelled = stack.enter_context(terminal.interruptible())
        if tensorboard:
            from chromadesk.learning.tensorboard import ToTensorBoard

            report = stack.enter_context(ToTensorBoard(out, config.to_json(), report))
        from chromadesk.learning.loop import train as train_network
        from chromadesk.learning.team import leave

        try:
            result = train_network(config, report, cancelled)
            leave()
        except TeamError:
            if not launch.begun_here():
                raise
            raise typer.Exit(TeamError.exit_code) from None  # who began it knows which one has gone
    if member:
        raise typer.Exit(INTERRUPTED if result["cancelled"] else 0)
    if json_file is not None:
        write_json(json_file, result)
    if result["cancelled"]:
        terminal.say(f"Stopped; go on with: chromadesk train {dataset} --out {out} --resume", err=True)
        raise typer.Exit(INTERRUPTED)
    seen = f"{result['epochs_done']} epoch{'' if result['epochs_done'] == 1 else 's'}"
    best = f" (the best was number {result['epoch_kept']})" if result["judged_on"] else ""
    terminal.say(f"Trained {seen}{best} in {terminal.duration(result['seconds'])}: {result['model']}")
    if result["scores"]:
        terminal.say(f"mIoU on the test photos: {terminal.percent(result['scores']['miou'])} %")
    if config.init is not None:
        terminal.say(f"Compare it and take it into use: chromadesk models adopt {result['model']} --dataset {dataset}")


def _architecture(init: str | None, dataset: Path) -> str:
    """What the weights ``init`` hold; without any, the default network."""
    from chromadesk.dataset.pairs import Dataset
    from chromadesk.models import library
    from chromadesk.models.info import read_info

    return library.DEFAULT if init is None else read_info(library.find(init, Dataset.open(dataset).state)).architecture
