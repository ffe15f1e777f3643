"""The kinds of field that the form of a training is made of."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QSpinBox, QWidget

from chromadesk.models import registry
from chromadesk.studio import theme
from chromadesk.studio.outside import said
from chromadesk.studio.panels import parts

#: The networks as the paper has them, after our own; one that is in no family comes last.
_FAMILIES = (
    ("chromanet",),
    ("unet", "unet1", "unet2", "unet3", "unet4", "unet5", "unet6"),
    ("fcn32s", "fcn16s", "fcn8s", "fcn1s"),
    ("pix2pix", "lraspp", "deeplabv3plus", "deeplabv3"),
)


def networks() -> QComboBox:
    """Every architecture, family by family, its description as the tooltip."""
    combo = parts.Choices()
    known = [name for family in _FAMILIES for name in family]
    rows = registry.architectures()
    for family in (*_FAMILIES, tuple(name for name in rows if name not in known)):
        if combo.count() and family:
            combo.insertSeparator(combo.count())
        for name in family:
            combo.addItem(rows[name].title, name)
            combo.setItemData(combo.count() - 1, said(rows[name].description), Qt.ItemDataRole.ToolTipRole)
    return combo


def parameter(default: Any, choices: dict[str, str] | None, bounds: tuple[int, int]) -> QSpinBox | QComboBox | None:
    """A field set to ``default``; None for what no field here can hold (a list, say)."""
    if choices is not None:
        combo = parts.Choices(choices)
        combo.setCurrentIndex(combo.findData(default))
        return combo
    if not isinstance(default, int) or isinstance(default, bool):
        return None
    spin = parts.number(*bounds)
    spin.setValue(default)
    return spin


def value(field: QSpinBox | QComboBox) -> int | str:
    """What a parameter's field holds."""
    if isinstance(field, QSpinBox):
        return field.value()
    chosen: str = field.currentData()
    return chosen


def label(text: str, field: QWidget) -> QLabel:
    """The label of ``field``, which is made as high as every row."""
    field.setAccessibleName(text)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    field.setMinimumHeight(theme.ROW)
    label = parts.meta(text)
    label.setMinimumHeight(theme.ROW)  # in the middle of its field
    return label


def number(least: int, most: int, tip: str) -> QSpinBox:
    """A field for a whole number that says what it is for."""
    spin = parts.number(least, most)
    spin.setToolTip(tip)
    return spin


def rate_validator() -> QDoubleValidator:
    """For learning rates as they are written everywhere."""
    validator = QDoubleValidator(1e-9, 1.0, 12)
    validator.setLocale(QLocale.c())  # 1e-4 and 0.0001 everywhere, whatever the decimal sign of the country
    return validator
