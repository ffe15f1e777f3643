"""Import and export, as the window has them: pages are made when they are first asked for."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chromadesk.studio.exchange.running import Running

if TYPE_CHECKING:
    from chromadesk.studio.exchange.details import DetailsPage
    from chromadesk.studio.exchange.export_page import ExportPage
    from chromadesk.studio.exchange.import_page import ImportPage
    from chromadesk.studio.exchange.photoshop import Photoshop
    from chromadesk.studio.window import Window


class Exchange(QObject):
    """One for each window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        #: What is under way.
        self.running = Running(window.notices, self)

    @functools.cached_property
    def export_page(self) -> ExportPage:
        """Ctrl+E."""
        from chromadesk.studio.exchange.export_page import ExportPage

        return ExportPage(self._window)

    @functools.cached_property
    def import_page(self) -> ImportPage:
        """Ctrl+I."""
        from chromadesk.studio.exchange.import_page import ImportPage

        return ImportPage(self._window)

    @functools.cached_property
    def details(self) -> DetailsPage:
        """What was amiss."""
        from chromadesk.studio.exchange.details import DetailsPage

        return DetailsPage(self._window)

    @functools.cached_property
    def photoshop(self) -> Photoshop:
        """The open photo, out and in."""
        from chromadesk.studio.exchange.photoshop import Photoshop

        return Photoshop(self._window)

    def take(self, paths: list[Path]) -> bool:
        """What was dropped is another program's file: a Photoshop file of the open photo comes back, others are
        offered for import. False for what is neither.
        """
        kinds = {path.suffix.lower() for path in paths}
        if len(paths) != 1 or not kinds <= {".psd", ".psb", ".parquet", ".json"}:
            return False
        if kinds <= {".psd", ".psb"} and self._window.session.item is not None:
            self.photoshop.read(paths[0])
        else:
            self.import_page.unfold()
            self.import_page.use_path(paths[0])
        return True

    def look(self) -> None:
        """The window came back: see whether another program saved a file of the open photo."""
        if "photoshop" in self.__dict__:
            self.photoshop.look()

    def close(self) -> None:
        """Stop what is under way, and end the threads."""
        self.running.close()
        for name in ("export_page", "import_page"):
            if name in self.__dict__:
                getattr(self, name).close_threads()
        if "photoshop" in self.__dict__:
            self.photoshop.close()
