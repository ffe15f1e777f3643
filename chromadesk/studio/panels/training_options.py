"""What a training can be asked for beyond "improve": the fields under Advanced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSizePolicy, QSpinBox, QWidget

from chromadesk.errors import InputError, ModelError
from chromadesk.learning.config import TrainConfig, parse_size
from chromadesk.models.info import WeightsInfo, read_info
from chromadesk.models.library import list_weights
from chromadesk.models.registry import ARCHITECTURES
from chromadesk.studio import theme
from chromadesk.studio.panels import parts

_SIZES = ("512x256", "384x192", "256x128", "768x384")
_LOSSES = {"weighted": "Weighted by class", "vanilla": "Vanilla, all classes alike"}
_PHOTOS = {"all": "All approved", "corrected": "Corrected by a person"}
_DEVICES = {"auto": "Automatic", "cpu": "Processor (CPU)", "cuda": "Graphics card (CUDA)"}


class TrainingOptions(QWidget):
    """A form. Where nothing was chosen the architecture's own recipe holds; ``config`` says the whole of it."""

    #: Something changed, so the time a training takes may have too.
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._infos: dict[str, WeightsInfo] = {}
        self._filling = False
        self.start = QComboBox()
        self.start.setToolTip("The weights to set out from; a new network learns from scratch and needs far longer.")
        self.network = _choices({row.name: row.title for row in ARCHITECTURES.values()})
        self.network.setToolTip("The kind of a new network; weights to start from bring their own.")
        self.parameters: dict[str, QSpinBox] = {}
        self.epochs = _number(1, 10_000, "How often each photo is seen.")
        self.lr = QLineEdit()
        self.lr.setValidator(_rate_validator())
        self.lr.setToolTip("The learning rate at its highest.")
        self.batch = _number(1, 1024, "Photos learned from at a time; fewer need less memory.")
        self.batch.setValue(8)
        self.loss = _choices(_LOSSES)
        self.loss.setToolTip("Weighted: in each batch, rare classes count for more.")
        self.photos = _choices(_PHOTOS)
        self.photos.setToolTip("The approved photos to learn from.")
        self.input_size = _choices({size: size.replace("x", " × ") for size in _SIZES})
        self.input_size.setToolTip("Height × width at which the network sees the photos.")
        self.device = _choices(_DEVICES)
        self.device.setToolTip("Where to compute; automatic takes the graphics card where there is one.")
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setHorizontalSpacing(12)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._rows = {
            "Start from": self.start,
            "Network": self.network,
            "Epochs": self.epochs,
            "Learning rate": self.lr,
        }
        self._rows |= {
            "Batch": self.batch,
            "Loss": self.loss,
            "Photos": self.photos,
            "Size": self.input_size,
            "Device": self.device,
        }
        for text, field in self._rows.items():
            field.setAccessibleName(text)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            field.setMinimumHeight(theme.ROW)
            label = parts.meta(text)
            label.setMinimumHeight(theme.ROW)  # in the middle of its field
            self._form.addRow(label, field)
        self.start.currentIndexChanged.connect(self._on_start)
        self.network.currentIndexChanged.connect(self._on_network)
        for spin in (self.epochs, self.batch):
            spin.valueChanged.connect(self._say_changed)
        for combo in (self.photos, self.input_size, self.device):
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
                self._infos[str(path)] = read_info(path)
            except ModelError:
                continue  # the models panel says what is wrong with it
            self.start.addItem(path.stem, str(path))
        self.start.addItem("Nothing: a new network", None)
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
            raise InputError(f"The learning rate {text!r} is no number; write one such as 0.0001 or 1e-4.") from None
        return TrainConfig(
            dataset=str(dataset),
            out=".",
            model=self.network.currentData(),
            parameters={} if self.init else {name: spin.value() for name, spin in self.parameters.items()},
            init=self.init,
            epochs=self.epochs.value(),
            lr=lr,
            batch=self.batch.value(),
            loss=self.loss.currentData(),
            photos=self.photos.currentData(),
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
        row = ARCHITECTURES[self.network.currentData()]
        for spin in self.parameters.values():
            self._form.removeRow(spin)
        self.parameters = {}
        place = list(self._rows).index("Network") + 1
        if self.init is None:
            for name, value in row.parameters.items():
                if isinstance(value, int) and not isinstance(value, bool):
                    spin = _number(1, 1024, f"{name.capitalize()} of a new {row.title}.")
                    spin.setValue(value)
                    self.parameters[name] = spin
                    self._form.insertRow(place, parts.meta(name.capitalize()), spin)
                    place += 1
        recipe = TrainConfig(dataset="", out="", model=row.name, init=self.init)
        self.epochs.setValue(recipe.total_epochs)
        self.lr.setText(f"{recipe.peak_lr:g}")
        self._say_changed()

    def _say_changed(self, _: Any = None) -> None:
        if not self._filling:
            self.changed.emit()


def _choices(texts: dict[str, str]) -> QComboBox:
    combo = QComboBox()
    for value, text in texts.items():
        combo.addItem(text, value)
    return combo


def _number(least: int, most: int, tip: str) -> QSpinBox:
    spin = parts.number(least, most)
    spin.setToolTip(tip)
    return spin


def _rate_validator() -> QDoubleValidator:
    validator = QDoubleValidator(1e-9, 1.0, 12)
    validator.setLocale(QLocale.c())  # 1e-4 and 0.0001 everywhere, whatever the decimal sign of the country
    return validator
