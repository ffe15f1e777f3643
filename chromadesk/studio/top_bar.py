"""The bar at the top: data set, workspaces, model, jobs, progress."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from chromadesk.inference.quality import QUALITIES, Quality
from chromadesk.models import library
from chromadesk.studio import icons
from chromadesk.studio.actions import Actions
from chromadesk.studio.day_button import DayButton
from chromadesk.studio.language_menu import LanguageMenu
from chromadesk.studio.session import Session
from chromadesk.studio.tips import plain, set_tip
from chromadesk.studio.words import mark, tr

HEIGHT = 40
_QUALITIES: dict[Quality, str] = {
    "fast": mark("Fast: a first idea"),
    "standard": mark("Standard: finds the people, then looks at them"),
    "careful": mark("Careful: several looks, takes longer"),
}


class TopBar(QWidget):
    """Listens to the session; the tabs are the window's actions."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._session = session
        self.dataset = _menu_button(tr("Data set and commands"))
        self.dataset.setIcon(icons.icon("folder"))
        self.dataset.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self.dataset.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        menu = QMenu(self.dataset)
        actions.fill(menu)
        self.language = LanguageMenu(session, menu)
        menu.insertMenu(actions["quit"], self.language)
        self.dataset.setMenu(menu)
        self.tabs = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.dataset)
        layout.addSpacing(16)
        for number, name in enumerate(("show_paint", "show_colours", "show_model")):
            action = actions[name]
            tab = QToolButton()
            tab.setObjectName("tab")
            tab.setText(action.text())
            set_tip(tab, f"{action.text()} (@{name})")
            tab.setCheckable(True)
            tab.setFixedHeight(HEIGHT - 1)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.clicked.connect(action.trigger)
            self.tabs.addButton(tab, number)
            layout.addWidget(tab)
        layout.addStretch(1)
        self.doing = QLabel("")
        self.doing.setObjectName("meta")
        self.model = _menu_button(tr("Model that predicts"))
        self.model_menu = QMenu(self.model)
        self.model_menu.aboutToShow.connect(self._list_models)
        self.model.setMenu(self.model_menu)
        self.jobs = _menu_button(tr("Jobs"))
        self.jobs.setToolTip(tr("The trainings and evaluations of this data set, running, waiting and ended"))
        self.progress = DayButton(session)
        layout.addWidget(self.doing)
        layout.addSpacing(8)
        layout.addWidget(self.model)
        layout.addSpacing(8)
        layout.addWidget(self.jobs)
        layout.addSpacing(8)
        layout.addWidget(self.progress)
        session.dataset_opened.connect(self._follow)
        session.status_changed.connect(self._follow)
        session.active.changed.connect(self._follow)
        self.show_jobs(0)
        self.show_tab(0)
        self._follow()

    def show_tab(self, number: int) -> None:
        """Mark the workspace in front."""
        self.tabs.button(number).setChecked(True)

    def show_jobs(self, running: int, waiting: int = 0) -> None:
        """Show how many jobs run, and how many wait for their turn."""
        text = tr("%n job(s) running", "", running) if running else "" if waiting else tr("No jobs")
        self.jobs.setText(", ".join(filter(None, [text, tr("{count} waiting", count=waiting) if waiting else ""])))
        self.jobs.setAccessibleName(tr("Jobs: {jobs}", jobs=self.jobs.text()))

    def show_doing(self, words: str) -> None:
        """Show what the person waits for."""
        self.doing.setText(tr(words) if words else "")

    def _follow(self, *_: object) -> None:
        dataset = self._session.dataset
        self.dataset.setText((dataset.root.name if dataset else tr("No data set")) + " ▾")
        self.dataset.setToolTip(
            plain(str(dataset.root)) if dataset else tr("Open a folder of photos, or run a command")
        )
        model = self._session.active.path
        closely = "" if self._session.active.quality == "standard" else f", {tr(self._session.active.quality)}"
        self.model.setText((model.stem + closely if model else tr("No model")) + " ▾")
        self.model.setToolTip(
            plain(tr("{model} predicts", model=model)) if model else tr("No weights are installed; train some in Model")
        )

    def _list_models(self) -> None:
        self.model_menu.clear()
        state = self._session.dataset.state if self._session.dataset else None
        known = library.list_weights(state)
        for path, bundled in known:
            action = self.model_menu.addAction(path.stem if bundled else tr("{stem} (this data set)", stem=path.stem))
            action.setCheckable(True)
            action.setChecked(path == self._session.active.path)
            action.triggered.connect(lambda _=False, path=path: self._choose(path))
        if not known:
            self.model_menu.addAction(tr("No weights are installed")).setEnabled(False)
        self.model_menu.addSeparator()
        self.model_menu.addAction(tr("Quality")).setEnabled(False)
        for quality in QUALITIES:
            action = self.model_menu.addAction(tr(_QUALITIES[quality]))
            action.setCheckable(True)
            action.setChecked(quality == self._session.active.quality)
            action.triggered.connect(lambda _=False, quality=quality: self._session.active.look(quality))

    def _choose(self, path: Path) -> None:
        self._session.active.use(path)


def _menu_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("menu")
    button.setAccessibleName(name)
    button.setFixedHeight(28)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
