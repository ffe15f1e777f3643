"""The language of the studio: a menu, and the same by name for the finder."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from chromadesk import settings
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.session import Session
from chromadesk.studio.words import LANGUAGES, tr


def choices() -> dict[str, str]:
    """What the setting may be -> how it is called: each language in its own words."""
    return {"auto": tr("The system's language"), **LANGUAGES}


def choose(session: Session, language: str) -> None:
    """Keep the choice, and say when it holds: texts that are on the screen stay as they are."""
    try:
        settings.put("language", language)
    except ChromaDeskError as error:
        session.notice.emit(str(error), "error")
        return
    said = tr("From the next start on: {language}.", language=choices()[language])
    session.notice.emit(said, "info")


class LanguageMenu(QMenu):
    """One entry a language, the chosen one marked."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("Language"), parent)
        group = QActionGroup(self)
        self.entries: dict[str, QAction] = {}
        for language, text in choices().items():
            action = QAction(text, self)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, language=language: choose(session, language))
            group.addAction(action)
            self.addAction(action)
            self.entries[language] = action
        self.aboutToShow.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Mark what the settings say."""
        chosen = settings.get("language")
        self.entries.get(chosen, self.entries["auto"]).setChecked(True)
