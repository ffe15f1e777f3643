"""Tables 1-5 of the paper, as printed (Guzel, Lai, Westland: ChromaFashion[net]te). No torch.

Class columns are pixel accuracies n_ii / t_i; Mean is the pixel accuracy (Eq. 4), w/o Null the same without background;
MIoU leaves background out; Speed is relative to Pix2Pix.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CLASS_COLUMNS = ("Null", "Hair", "Clothes", "Skin", "Accs.")


@dataclass(frozen=True)
class Row:
    """One line of a table: its name there, the run that fills it (``architecture-loss``), the figures in print.

    ``facts`` are cells that say what the network is.
    """

    label: str
    run: str
    figures: dict[str, float]
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """``columns`` are the figures', in the paper's order."""

    number: int
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the columns that hold no figures."""
        return tuple(self.rows[0].facts)


def _table(
    number: int, caption: str, columns: tuple[str, ...], rows: list[tuple[str, str, str, dict[str, str]]]
) -> Table:
    return Table(
        number,
        caption,
        columns,
        tuple(
            Row(label, run, dict(zip(columns, map(float, figures.split()), strict=True)), facts)
            for label, run, figures, facts in rows
        ),
    )


_SHORT = (*CLASS_COLUMNS, "Mean", "MIoU")
_MIDDLE = (*CLASS_COLUMNS, "Mean", "w/o Null", "MIoU")
_LONG = (*_MIDDLE, "Speed")

TABLES: tuple[Table, ...] = (
    _table(
        1,
        "U-Net architectures, vanilla cross-entropy",
        _SHORT,
        [
            ("U-Net1", "unet1-vanilla", "0.972 0.569 0.848 0.755 0.37 0.924 0.53", {"Dims.": "64", "Layer": "4"}),
            ("U-Net2", "unet2-vanilla", "0.976 0.509 0.873 0.753 0.37 0.925 0.515", {"Dims.": "64", "Layer": "5"}),
            ("U-Net3", "unet3-vanilla", "0.983 0.474 0.892 0.802 0.422 0.936 0.534", {"Dims.": "64", "Layer": "6"}),
            ("U-Net4", "unet4-vanilla", "0.988 0.636 0.904 0.763 0.372 0.941 0.567", {"Dims.": "64", "Layer": "7"}),
            ("U-Net5", "unet5-vanilla", "0.99 0.694 0.903 0.81 0.414 0.947 0.604", {"Dims.": "128", "Layer": "7"}),
            ("U-Net6", "unet6-vanilla", "0.992 0.741 0.908 0.845 0.520 0.951 0.642", {"Dims.": "192", "Layer": "7"}),
        ],
    ),
    _table(
        2,
        "FCN architectures, vanilla cross-entropy",
        _SHORT,
        [
            ("FCN-32s", "fcn32s-vanilla", "0.988 0.764 0.939 0.781 0.571 0.958 0.654", {"Upsample": "32x"}),
            ("FCN-16s", "fcn16s-vanilla", "0.991 0.822 0.944 0.853 0.579 0.964 0.698", {"Upsample": "16x"}),
            ("FCN-8s", "fcn8s-vanilla", "0.990 0.793 0.904 0.925 0.649 0.960 0.685", {"Upsample": "8x"}),
            ("FCN-1s", "fcn1s-vanilla", "0.992 0.835 0.955 0.867 0.607 0.966 0.715", {"Upsample": "1x"}),
        ],
    ),
    _table(
        3,
        "U-Net, FCN and benchmark architectures, vanilla cross-entropy",
        _LONG,
        [
            ("Pix2Pix", "pix2pix-gan", "0.973 0.772 0.928 0.805 0.402 0.926 0.815 0.640 1.0", {}),
            ("LR-ASPP", "lraspp-vanilla", "0.989 0.756 0.934 0.815 0.569 0.959 0.832 0.657 5.4", {}),
            ("DeeplabV3+", "deeplabv3plus-vanilla", "0.994 0.815 0.964 0.884 0.585 0.971 0.880 0.732 1.9", {}),
            ("U-Net6", "unet6-vanilla", "0.988 0.741 0.908 0.845 0.520 0.951 0.801 0.642 2.1", {}),
            ("FCN1s", "fcn1s-vanilla", "0.992 0.835 0.955 0.867 0.607 0.966 0.862 0.715 3.6", {}),
        ],
    ),
    _table(
        4,
        "FCN1s, vanilla against weighted cross-entropy (wl)",
        _MIDDLE,
        [
            ("FCN1s", "fcn1s-vanilla", "0.992 0.835 0.955 0.867 0.607 0.966 0.862 0.715", {}),
            ("FCN1s-wl", "fcn1s-weighted", "0.990 0.840 0.955 0.903 0.638 0.968 0.871 0.732", {}),
        ],
    ),
    _table(
        5,
        "DeeplabV3+, vanilla against weighted cross-entropy (wl)",
        _MIDDLE,
        [
            ("DeeplabV3+", "deeplabv3plus-vanilla", "0.994 0.815 0.964 0.884 0.585 0.971 0.880 0.732", {}),
            ("DeeplabV3+-wl", "deeplabv3plus-weighted", "0.989 0.870 0.964 0.892 0.693 0.970 0.884 0.741", {}),
        ],
    ),
)

FOOTNOTES: tuple[str, ...] = (
    "All figures come from one confusion matrix over the whole test split. Mean is the pixel accuracy (Eq. 4); Eq. 5 "
    "as printed is that divided by 5, a slip for the mean of n_ii/t_i.",
    "MIoU leaves background out, as the paper's does. The authors' public code computes it batch by batch (here: 8 "
    "photos), counts a class that a batch lacks as 0, and averages the batches.",
    "w/o Null is the accuracy over the pixels whose truth is not background. The authors' code subtracts the pixels "
    "predicted as background from the hits and from all pixels, batch by batch, so its figure can fall below 0.",
    "The networks here see photos normalised by ImageNet's means and deviations, Pix2Pix in -1..1; the authors' public "
    "code leaves them as they are, and its DeeplabV3+ is torchvision's deeplabv3_resnet50 (deeplabv3 here).",
)
