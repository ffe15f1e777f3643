"""The options of the tool in hand, its hint, and the buttons that end the work on a photo."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSlider, QToolButton, QWidget

from chromadesk.classes import CLASSES, FashionClass
from chromadesk.editing.brush import MAX_DIAMETER, MIN_DIAMETER
from chromadesk.studio import icons, theme
from chromadesk.studio.actions import CLEAN_UP, Actions
from chromadesk.studio.elided import Elided
from chromadesk.studio.panels.parts import button, number, set_primary
from chromadesk.studio.smart_options import SmartOptions
from chromadesk.studio.tips import set_tip
from chromadesk.studio.tool_options import ToolOptions
from chromadesk.studio.tools.box import BY_NAME
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.view_menu import ViewButton
from chromadesk.studio.words import capitalised, class_name, class_title, tr

HEIGHT = 36
#: The slider is square-rooted, so that small sizes have room.
_SLIDER = 200
_LARGEST = 400


class OptionsBar(QWidget):
    """Class and size of the brush, undo and redo, predict, approve."""

    def __init__(self, state: ToolState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("optionsbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._state = state
        self._keymap = actions.keymap
        self.painted = PaintedClass(state)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _SLIDER)
        self.slider.setFixedWidth(120)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("Brush size"))
        self.slider.valueChanged.connect(self._slid)
        self.size_field = number(MIN_DIAMETER, MAX_DIAMETER)
        self.size_field.setSuffix(" px")
        self.size_field.setFixedWidth(64)
        self.size_field.setKeyboardTracking(False)
        self.size_field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.size_field.setAccessibleName(tr("Brush size in photo pixels"))
        self.size_field.valueChanged.connect(state.set_size)
        for widget in (self.slider, self.size_field):
            set_tip(widget, tr("Brush size in photo pixels (@canvas.size_down and @canvas.size_up)"))
        self.rule = Rule(state)
        self.view = ViewButton(state)
        self.tool_options = ToolOptions(state, self)
        self.smart = SmartOptions(state, self)
        self.hint = Elided()
        self.hint.setObjectName("meta")
        self.approve: QPushButton = button(tr("Approve"), actions["approve"].trigger, primary=True)
        set_tip(self.approve, tr("Approve and go on (@approve)"))
        self.approve.setFixedHeight(theme.ROW)
        actions["approve"].enabledChanged.connect(self.approve.setEnabled)
        self.approve.ensurePolished()
        self.approve.setMinimumWidth(self.approve.sizeHint().width())  # also when its letters are not bold
        # Nothing is approved while another studio has the data set: then it is not what matters.
        actions["edit"].visibleChanged.connect(lambda: set_primary(self.approve, not actions["edit"].isVisible()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self.painted)
        layout.addSpacing(8)
        layout.addWidget(self.slider)
        layout.addWidget(self.size_field)
        layout.addSpacing(4)
        layout.addWidget(self.rule, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.tool_options)
        layout.addWidget(self.smart)
        layout.addSpacing(12)
        layout.addWidget(self.hint, 1)
        layout.addWidget(self.view)
        for name in ("undo", "redo", "predict", "save"):
            layout.addWidget(_action_button(actions, name))
        layout.insertWidget(layout.count() - 1, _clean_up_button(actions))
        layout.addSpacing(4)
        layout.addWidget(self.approve)
        state.changed.connect(self._follow)
        self._keymap.changed.connect(self._follow)
        self._follow()

    def _slid(self, value: int) -> None:
        self._state.set_size(max(round((value / _SLIDER) ** 2 * _LARGEST), 1))

    def _follow(self) -> None:
        tool = BY_NAME[self._state.tool]
        self.hint.setText(self._keymap.in_words(tr(tool.hint)))
        for widget in (self.slider, self.size_field):
            widget.setVisible(tool.sized)
        for widget, value in (
            (self.slider, round((min(self._state.size, _LARGEST) / _LARGEST) ** 0.5 * _SLIDER)),
            (self.size_field, self._state.size),
        ):
            blocked = widget.blockSignals(True)
            widget.setValue(value)
            widget.blockSignals(blocked)


class PaintedClass(QWidget):
    """A dot in the colour of the class the tool lays down, and its name."""

    def __init__(self, state: ToolState) -> None:
        super().__init__()
        self._state = state
        longest = max(self.fontMetrics().horizontalAdvance(class_title(each.id)) for each in CLASSES)
        self.setFixedSize(max(112, 22 + longest + 4 + 16), 24)  # dot, name, lock
        state.changed.connect(self._follow)
        self._follow()

    def _painted(self) -> FashionClass:
        return CLASSES[0 if self._state.tool == "eraser" else self._state.class_id]

    def _follow(self) -> None:
        tool, fashion_class = BY_NAME[self._state.tool], self._painted()
        words = tr(tool.title)
        if tool.paints:
            names = {"tool": words, "name": class_name(fashion_class.id)}
            if fashion_class.id in self._state.locked:
                words = tr("{tool}: paints {name}, which is locked", **names)
            else:
                words = tr("{tool}: paints {name}", **names)
        set_tip(self, " ".join([words, tr("(@canvas.swap swaps classes)")]) if tool.paints else words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tool = BY_NAME[self._state.tool]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not tool.paints:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, tr(tool.title))
            return
        fashion_class = self._painted()
        painter.setPen(QColor(theme.QUIET))
        painter.setBrush(QColor(*fashion_class.colour))
        painter.drawEllipse(QRectF(0.5, 5.5, 13, 13))
        name = class_title(fashion_class.id)
        painter.setPen(self.palette().text().color())
        painter.drawText(self.rect().adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        if fashion_class.id in self._state.locked:
            end = 22 + self.fontMetrics().horizontalAdvance(name) + 4
            painter.drawPixmap(end, 4, icons.pixmap("lock", theme.DIM, 16, self.devicePixelRatioF()))


class Rule(QLabel):
    """What the locks allow; not there when anything goes."""

    def __init__(self, state: ToolState) -> None:
        super().__init__()
        self.setObjectName("rule_in_force")
        self._state = state
        state.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        rule = self._state.rule
        self.setText(capitalised(rule))
        self.setToolTip(
            tr("{rule}. Set by the locks beside the classes; Alt-click: paint over one only", rule=self.text())
        )
        self.setVisible(bool(rule) and BY_NAME[self._state.tool].obeys)


def _action_button(actions: Actions, name: str) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(actions[name])
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setIconSize(QSize(20, 20))
    made.setFixedSize(28, 28)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _clean_up_button(actions: Actions) -> QToolButton:
    made = QToolButton()
    made.setIcon(icons.icon("cleanup"))
    made.setIconSize(QSize(20, 20))
    made.setFixedSize(28, 28)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    set_tip(
        made,
        tr("Clean up: fill holes (@holes), smooth edges (@smooth), remove specks (@specks), keep one person (@person)"),
    )
    made.setAccessibleName(tr("Clean up"))
    menu = QMenu(made)
    actions.fill_group(menu, CLEAN_UP)
    made.setMenu(menu)
    actions["smooth"].enabledChanged.connect(made.setEnabled)
    return made
