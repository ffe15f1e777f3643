"""What a training can be asked for beyond "improve": the fields under Advanced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from chromadesk.errors import InputError, ModelError
from chromadesk.learning.config import RANDOM, TRUST, TrainConfig, parse_size
from chromadesk.models.info import WeightsInfo, read_info
from chromadesk.models.library import list_weights
from chromadesk.models.registry import Architecture, architecture, find
from chromadesk.studio.outside import said
from chromadesk.studio.panels import parts
from chromadesk.studio.panels import training_fields as fields
from chromadesk.studio.words import mark, tr

_SIZES = ("512x256", "384x192", "256x128", "768x384")
_ENCODERS = {"": mark("ImageNet weights"), RANDOM: mark("Random weights")}
_LOSSES = {
    "dice": mark("Weighted, and overlap"),
    "weighted": mark("Weighted by class"),
    "vanilla": mark("Vanilla, all classes alike"),
    "gan": mark("Adversarial (GAN + L1)"),
}
#: What an architecture's parameters are called, and what they do.
_PARAMETERS = {
    "depth": (mark("Depth"), mark("How often the network halves the photo on its way down.")),
    "width": (
        mark("Width"),
        mark("Channels of the first layer; all others grow with it, and so does the memory needed."),
    ),
    "encoder": (
        mark("Encoder kind"),
        mark("The part that finds features in the photo; a larger one finds more, more slowly."),
    ),
}
_PHOTOS = {
    "": mark("Automatic"),
    "mixed": mark("All, corrected more often"),
    "all": mark("All, each as often"),
    "corrected": mark("Corrected by a person"),
}
_TRUSTS = {"": mark("All pixels alike"), str(TRUST): mark("Painted pixels more")}
_DEVICES = {"auto": mark("Automatic"), "cpu": mark("Processor (CPU)"), "cuda": mark("Graphics card (CUDA)")}


class TrainingOptions(QWidget):
    """A form. Where nothing was chosen the architecture's own recipe holds; ``config`` says the whole of it."""

    #: Something changed, so the time a training takes may have too.
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._infos: dict[str, WeightsInfo] = {}
        self._filling = False
        self._wanted_loss: str | None = None
        self.start = parts.Choices()
        self.start.setToolTip(
            tr("The weights to set out from; a new network learns from scratch and needs far longer.")
        )
        self.network = fields.networks()
        self.parameters: dict[str, QSpinBox | QComboBox] = {}
        self.encoder = parts.ChoicesOrFile(_ENCODERS, tr("Weights (*.pth *.pt *.safetensors *.h5)"))
        self.encoder.setToolTip(
            tr(
                "What the network's first part, the encoder, knows at the start.\n"
                "ImageNet weights: a million photos; they are installed, or fetched when the training begins.\n"
                "Random weights: nothing; it then needs far more photos and far longer."
            )
        )
        self._encoder_kind = ""
        self.epochs = fields.number(1, 10_000, tr("How often each photo is seen."))
        self.lr = QLineEdit()
        self.lr.setValidator(fields.rate_validator())
        self.lr.setToolTip(tr("The learning rate at its highest."))
        self.batch = fields.number(1, 1024, tr("Photos learned from at a time; fewer need less memory."))
        self.batch.setValue(8)
        self.loss = parts.Choices()
        self.loss.setToolTip(
            tr(
                "Weighted: in each batch, rare classes count for more.\n"
                "Adversarial: a second network learns to tell the masks painted from true ones; Pix2Pix has no other."
            )
        )
        self.photos = parts.Choices(_PHOTOS)
        self.photos.setToolTip(
            tr(
                "The approved photos to learn from.\n"
                "Automatic: a fine-tune sees all, those you corrected more often; a new network sees all alike."
            )
        )
        self.trust = parts.Choices(_TRUSTS)
        self.trust.setToolTip(
            tr(
                "What the masks count.\n"
                "Painted pixels more: what a model proposed and nobody painted over counts less than a third."
            )
        )
        self.patience = fields.number(
            0, 10_000, tr("Stop after so many epochs without a better one, and keep the best.")
        )
        self.patience.setSpecialValueText(tr("Never"))
        self.input_size = parts.Choices({size: size.replace("x", " × ") for size in _SIZES})
        self.input_size.setToolTip(tr("Height × width at which the network sees the photos."))
        self.device = parts.Choices(_DEVICES)
        self.device.setToolTip(tr("Where to compute; automatic takes the graphics card where there is one."))
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setHorizontalSpacing(12)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows: dict[str, QWidget] = {
            tr("Start from"): self.start,
            tr("Network"): self.network,
            tr("Encoder"): self.encoder,
            tr("Epochs"): self.epochs,
            tr("Learning rate"): self.lr,
            tr("Batch"): self.batch,
            tr("Loss"): self.loss,
            tr("Photos"): self.photos,
            tr("Masks"): self.trust,
            tr("Stop early"): self.patience,
            tr("Size"): self.input_size,
            tr("Device"): self.device,
        }
        self._first_parameter = list(rows.values()).index(self.encoder)
        for text, field in rows.items():
            self._form.addRow(fields.label(text, field), field)
        self.start.currentIndexChanged.connect(self._on_start)
        self.network.currentIndexChanged.connect(self._on_network)
        self.loss.currentIndexChanged.connect(self._on_loss)
        for spin in (self.epochs, self.batch, self.patience):
            spin.valueChanged.connect(self._say_changed)
        for combo in (self.photos, self.trust, self.input_size, self.device):
            combo.currentIndexChanged.connect(self._say_changed)
        self.offer(None, None)

    def offer(self, state: Path | None, active: Path | None) -> None:
        """List the weights of the data set whose state folder is ``state``, the ``active`` ones first and chosen."""
        self._filling = True
        self._infos = {}
        self.start.clear()
        found = [path for path, _ in list_weights(state)]
        if active is not None and active.is_file():
            found = [active, *(path for path in found if path != active)]
        for path in found:
            try:
                info = read_info(path)
            except ModelError:
                continue  # the models panel says what is wrong with it
            if find(info.architecture):  # not one that only another version knows
                self._infos[str(path)] = info
                self.start.addItem(path.stem, str(path))
        self.start.addItem(tr("A new network"), None)
        self.start.setCurrentIndex(0)
        self._filling = False
        self._on_start()

    @property
    def init(self) -> str | None:
        """The weights file to start from, or None for a new network."""
        chosen: str | None = self.start.currentData()
        return chosen

    def config(self, dataset: Path) -> TrainConfig:
        """The training asked for; raises InputError when a field cannot be used. The job fills in where it writes."""
        text = self.lr.text().strip()
        try:
            lr = float(text) if text else None
        except ValueError:
            raise InputError(
                tr("The learning rate {text} is no number; write one such as 0.0001 or 1e-4.", text=repr(text))
            ) from None
        return TrainConfig(
            dataset=str(dataset),
            out=".",
            model=self.network.currentData(),
            parameters={name: fields.value(field) for name, field in self.parameters.items()},
            init=self.init,
            encoder_weights=(self.encoder.chosen or None) if self._begins_with_an_encoder else None,
            epochs=self.epochs.value(),
            lr=lr,
            batch=self.batch.value(),
            loss=self.loss.currentData(),
            photos=self.photos.currentData() or None,
            trust=float(self.trust.currentData()) if self.trust.currentData() and self.trust.isEnabled() else None,
            patience=self.patience.value(),
            size=parse_size(self.input_size.currentData()),
            device=self.device.currentData(),
        )

    def set_size(self, text: str) -> None:
        """Choose the size ``text`` (such as 512x256), adding it when it is not among those offered."""
        if self.input_size.findData(text) < 0:
            self.input_size.addItem(text.replace("x", " × "), text)
        self.input_size.setCurrentIndex(self.input_size.findData(text))

    def _on_start(self) -> None:
        if self._filling:
            return
        info = self._infos.get(self.init or "")
        self.network.setEnabled(info is None)
        if info is not None:
            self.network.setCurrentIndex(self.network.findData(info.architecture))
            self.set_size(f"{info.input_size[0]}x{info.input_size[1]}")
        self._on_network()

    def _on_network(self) -> None:
        row = self._row
        self.network.setToolTip(
            tr(
                "The kind of a new network; weights to start from bring their own.\n{title}: {description}.",
                title=row.title,
                description=said(row.description),
            )
        )
        self._offer_parameters(row)
        self._form.setRowVisible(self.encoder, self._begins_with_an_encoder)
        self._offer_losses(row)
        recipe = TrainConfig(dataset="", out="", model=row.name, init=self.init)
        self.epochs.setValue(recipe.total_epochs)
        self.lr.setText(f"{recipe.peak_lr:g}")
        self.patience.setValue(recipe.total_patience)
        self.trust.setEnabled(recipe.loss_kind != "gan")
        self._say_changed()

    @property
    def _row(self) -> Architecture:
        return architecture(self.network.currentData())

    @property
    def _begins_with_an_encoder(self) -> bool:
        return self.init is None and bool(self._row.encoder)

    def _offer_parameters(self, row: Architecture) -> None:
        """A field for each of a new network's parameters that is a number or one of a few names."""
        for field in self.parameters.values():
            self._form.removeRow(field)
        self.parameters = {}
        before: QWidget = self.network
        for name, value in row.parameters.items() if self.init is None else ():
            made = fields.parameter(value, row.choices.get(name), row.bounds.get(name, (1, 1024)))
            if made is None:
                continue
            text, tip = _PARAMETERS.get(name, (name.capitalize(), ""))
            made.setToolTip(tr(tip) if tip else "")
            self._form.insertRow(self._first_parameter + len(self.parameters), fields.label(tr(text), made), made)
            QWidget.setTabOrder(before, made)
            before = self.parameters[name] = made
            changed = made.valueChanged if isinstance(made, QSpinBox) else made.currentIndexChanged
            changed.connect(self._on_parameter)
        self._on_parameter()

    def _offer_losses(self, row: Architecture) -> None:
        """Those of the network; the one the person wants, as soon as it is among them."""
        with QSignalBlocker(self.loss):
            self.loss.clear()
            for name in row.losses:
                self.loss.addItem(tr(_LOSSES.get(name, name)), name)
            self.loss.setCurrentIndex(max(0, self.loss.findData(self._wanted_loss)))
        self.loss.setEnabled(self.loss.count() > 1)

    def _on_loss(self) -> None:
        self._wanted_loss = self.loss.currentData()

    def _on_parameter(self) -> None:
        if self._begins_with_an_encoder:
            field = self.parameters.get("encoder")
            kind = self._row.encoder if field is None else str(fields.value(field))
            if kind != self._encoder_kind:
                self.encoder.forget_file()  # it fits no other kind
            self._encoder_kind = kind
        self._say_changed()

    def _say_changed(self, _: Any = None) -> None:
        if not self._filling:
            self.changed.emit()
