"""The day's count at the top right; a click on it opens initials, goal and the counts of day and week."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction
from shiboken6 import isValid

from chromadesk.studio.day import Day
from chromadesk.studio.panels.parts import meta, number
from chromadesk.studio.session import Session
from chromadesk.studio.words import numeral, tr


class DayButton(QToolButton):
    """ "31 / 50 today", or "31 today" without a goal; empty while no photo is open to count."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.day = Day(session, self)
        self.setObjectName("menu")
        self.setFixedHeight(28)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        self.form = DayForm(self.day, session)
        action = QWidgetAction(menu)
        action.setDefaultWidget(self.form)
        menu.addAction(action)
        menu.aboutToShow.connect(self.form.follow)
        menu.aboutToHide.connect(self.form.keep)
        self.setMenu(menu)
        self.day.changed.connect(self._follow)
        session.dataset_opened.connect(self._follow)
        session.status_changed.connect(self._follow)
        self._follow()

    def _follow(self, *_: object) -> None:
        photos = len(self._session.items)
        today, goal = numeral(self.day.today), numeral(self.day.goal)
        said = (
            tr("{today} / {goal} today", today=today, goal=goal) if self.day.goal else tr("{today} today", today=today)
        )
        self.setText(said if photos else "")
        approved = self._session.states.counts["approved"]
        whole = tr("{approved} of {photos} photos approved", approved=numeral(approved), photos=numeral(photos))
        self.setToolTip(tr("{whole}; initials and daily goal", whole=whole))
        self.setAccessibleName(
            tr("Approved: {today}, {whole}", today=self.text(), whole=whole) if photos else tr("Approved today")
        )
        self.setVisible(bool(photos))


class DayForm(QWidget):
    """Initials and goal, kept when it closes or Enter is pressed; what was approved today, this week and in all."""

    def __init__(self, day: Day, session: Session) -> None:
        super().__init__()
        self._day, self._session = day, session
        self.initials = QLineEdit(maxLength=8)
        self.initials.setPlaceholderText(tr("None"))
        self.initials.setAccessibleName(tr("Initials"))
        self.initials.setToolTip(
            tr("Your approvals and exclusions carry them; today counts those that carry them or none")
        )
        self.goal = number(0, 9999)
        self.goal.setSpecialValueText(tr("None"))
        self.goal.setAccessibleName(tr("Daily goal"))
        self.goal.setToolTip(tr("How many photos a day you mean to approve; 0 for none"))
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(4)
        for place, (text, field) in enumerate(((tr("Initials"), self.initials), (tr("Daily goal"), self.goal))):
            label = QLabel(text)
            label.setBuddy(field)
            field.setFixedWidth(88)
            layout.addWidget(label, place, 0)
            layout.addWidget(field, place, 1)
        layout.setRowMinimumHeight(2, 4)
        self.counts = {}
        for place, text in enumerate((tr("Approved today"), tr("This week"), tr("In all")), start=3):
            self.counts[text] = meta()
            self.counts[text].setAlignment(Qt.AlignmentFlag.AlignRight)
            layout.addWidget(meta(text), place, 0)
            layout.addWidget(self.counts[text], place, 1)
        self.initials.returnPressed.connect(self.keep)
        self.goal.editingFinished.connect(self.keep)
        day.changed.connect(self._count)
        session.status_changed.connect(self._count)
        self.follow()

    def follow(self) -> None:
        """Show what the settings say."""
        self.initials.setText(self._day.initials)
        self.goal.setValue(self._day.goal)
        self._count()
        self.initials.setFocus()

    def keep(self) -> None:
        """Keep what the fields say; as the window is taken apart they say it once more, and nobody is there."""
        if not isValid(self._day):
            return
        self._day.set_initials(self.initials.text())
        self._day.set_goal(self.goal.value())

    def _count(self, *_: object) -> None:
        approved = self._session.states.counts["approved"]
        for text, count in zip(self.counts, (self._day.today, self._day.week, approved), strict=True):
            self.counts[text].setText(numeral(count))
