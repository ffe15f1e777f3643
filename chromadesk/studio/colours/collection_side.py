"""The side of the collection page: which photos are in it, whose colours are read, what is compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from chromadesk.classes import CLASSES
from chromadesk.colour.pool import Weighting
from chromadesk.studio.colours.gathering import FILTERS, Found, Wanted
from chromadesk.studio.panels import parts
from chromadesk.studio.words import capitalised, class_title, mark, tr

WIDTH = 248
#: What fields are called; other columns of a table bear their own names.
_FIELDS = {
    "season": mark("season"),
    "brand": mark("brand"),
    "tag": mark("tag"),
    "year": mark("year"),
    "month": mark("month"),
    "folder": mark("folder"),
}
_WEIGHTINGS: dict[Weighting, str] = {
    "photo": mark("Per photo"),
    "pixel": mark("Per pixel"),
}


class CollectionSide(QFrame):
    """Says with ``changed`` that ``wanted`` is something else now."""

    changed = Signal()
    #: A table of fields should be read.
    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(WIDTH)
        self._selected: frozenset[str] = frozenset()
        self.all_masks = _switch(
            tr("Count masks nobody approved"),
            tr("Also photos that have a mask which is not approved; otherwise only approved ones count"),
        )
        self.only_selected = _switch("", tr("Only the photos selected in the filmstrip of Paint"))
        self.fashion_class = _choices(tr("Class"), tr("Whose colours are read"))
        for each in CLASSES[1:]:
            self.fashion_class.addItem(class_title(each.id), each.name)
        self.fashion_class.setCurrentIndex(self.fashion_class.findData("clothes"))
        self.weighting = _choices(
            tr("Weight"),
            tr("Per photo: each counts the same. Per pixel: near figures weigh more"),
        )
        for value, text in _WEIGHTINGS.items():
            self.weighting.addItem(tr(text), value)
        self.by = _choices(tr("Group by"), tr("What the photos are grouped by, to be compared"))
        self.before = _choices(tr("From"), tr("The group that changes are counted from"))
        self.after = _choices(tr("To"), tr("The group that changes are counted to"))
        self.filters = {name: _choices(field_title(name), tr("Only photos of this value")) for name in FILTERS}
        self.counted = parts.meta()
        self.more = parts.meta(
            tr("Seasons, brands and tags come from the names of folders, dates from the camera, the rest from a table.")
        )
        self.table = parts.button(
            tr("Import fields (CSV)…"),
            self.import_wanted.emit,
            tip=tr("Read season, brand, tags, date and more of each photo from a table with a column 'photo'"),
        )
        self._grouping = _form(self.by)
        self._comparing = _form(self.before, self.after)
        self._filtering = _form(*self.filters.values())
        ground = QFrame()
        ground.setObjectName("sidebar")
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(ground)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scroll)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget in (
            parts.heading(tr("COLLECTION")),
            self.counted,
            self.all_masks,
            self.only_selected,
            self._filtering,
            self.table,
            self.more,
            _gap(),
            parts.heading(tr("COLOURS OF")),
            _form(self.fashion_class, self.weighting),
            _gap(),
            parts.heading(tr("COMPARE")),
            self._grouping,
            self._comparing,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        for box in (self.all_masks, self.only_selected):
            box.toggled.connect(self.changed)
        for choices in (self.fashion_class, self.weighting, self.by, self.before, self.after, *self.filters.values()):
            choices.activated.connect(self.changed)
        self.begin()

    @property
    def wanted(self) -> Wanted:
        """What the person asks for."""
        picked = ((name, box.currentData()) for name, box in self.filters.items())
        return Wanted(
            self.fashion_class.currentData(),
            self.all_masks.isChecked(),
            self.weighting.currentData(),
            self.by.currentData() or "",
            tuple((name, value) for name, value in picked if value),
            self._selected if self.only_selected.isChecked() else None,
            (self.before.currentData() or "", self.after.currentData() or ""),
        )

    def begin(self) -> None:
        """Another data set: nothing is known of it, nothing chosen."""
        with QSignalBlocker(self.all_masks):  # what nobody approved counts in no data set unasked
            self.all_masks.setChecked(False)
        for choices in (self.by, self.before, self.after, *self.filters.values()):
            choices.clear()
        self.select(frozenset())
        self.counted.setText("")
        for form in (self._grouping, self._comparing, self._filtering):
            form.hide()

    def select(self, keys: frozenset[str]) -> None:
        """These photos are selected in the filmstrip: several of them can be all there is."""
        several = len(keys) > 1
        before = self.wanted.keys
        self._selected = keys if several else frozenset()
        self.only_selected.setText(tr("Only the %Ln selected", "", len(keys)))
        with QSignalBlocker(self.only_selected):
            self.only_selected.setChecked(several and (self.only_selected.isChecked() or before is None))
        self.only_selected.setVisible(several)

    def compare(self, before: str, after: str) -> None:
        """Choose these two groups."""
        for box, name in ((self.before, before), (self.after, after)):
            box.setCurrentIndex(max(box.findData(name), 0))

    def show_found(self, found: Found) -> None:
        """Offer what there is to choose from in ``found``."""
        by = found.wanted.by
        _offer(self.by, [("", tr("Nothing")), *((name, field_title(name)) for name in found.by)], by)
        for name, box in self.filters.items():
            values = found.values.get(name, [])
            picked = dict(found.wanted.picked).get(name, "")
            _offer(box, [("", tr("All")), *((value, value) for value in values)], picked)
            _show(self._filtering, box, len(values) > 1)
        self._filtering.setVisible(any(len(values) > 1 for values in found.values.values()))
        self._grouping.setVisible(bool(found.by))
        names = [group.name for group in found.collection.groups] if found.collection is not None else []
        for box, name in zip((self.before, self.after), found.compared, strict=True):
            _offer(box, [(each, group_title(each)) for each in names], name)
        self._comparing.setVisible(len(names) > 1)
        counted = len(found.photos)
        text = tr("%Ln photo(s) counted.", "", counted)
        if found.left_out:
            text += " " + (
                tr("%Ln without a mask left out.", "", found.left_out)
                if found.wanted.all_masks
                else tr("%Ln without an approved mask left out.", "", found.left_out)
            )
        self.counted.setText(text)


def field_title(name: str) -> str:
    """What a field is called."""
    return capitalised(tr(_FIELDS[name]) if name in _FIELDS else name)


def group_title(name: str) -> str:
    """What a group is called; that of photos nobody sorted has a word in each language."""
    return tr("unknown") if name == "unknown" else name


def _switch(text: str, tip: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setToolTip(tip)
    return made


def _choices(name: str, tip: str) -> parts.Choices:
    made = parts.Choices()
    made.setAccessibleName(name)
    made.setToolTip(tip)
    return made


def _form(*fields: QComboBox) -> QWidget:
    made = QWidget()
    layout = QFormLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for field in fields:
        label = QLabel(field.accessibleName())
        label.setFixedSize(68, 28)
        layout.addRow(label, field)
    return made


def _show(form: QWidget, field: QWidget, shown: bool) -> None:
    layout = form.layout()
    assert isinstance(layout, QFormLayout)
    layout.setRowVisible(field, shown)


def _offer(box: QComboBox, entries: Sequence[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for value, text in entries:
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))


def _gap() -> QWidget:
    made = QWidget()
    made.setFixedHeight(8)
    return made
