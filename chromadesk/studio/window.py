"""The window: composition only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from chromadesk import homes
from chromadesk.studio import diagnostics
from chromadesk.studio.actions import Actions
from chromadesk.studio.ahead import Ahead
from chromadesk.studio.batch import Batch
from chromadesk.studio.coarse import Coarse
from chromadesk.studio.comparing import Comparing
from chromadesk.studio.disk_news import DiskNews
from chromadesk.studio.dropping import dataset_of, drop
from chromadesk.studio.exchange.menu import Exchange
from chromadesk.studio.keyboard import let_go
from chromadesk.studio.keymap import Keymap
from chromadesk.studio.leaving import AGAIN, CANCEL, STOP, LeavingQuestion, UnsavedQuestion
from chromadesk.studio.left_over import LeftOver
from chromadesk.studio.notices import Notices
from chromadesk.studio.overlays import Overlays
from chromadesk.studio.paint_workspace import PaintWorkspace
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.reverting import offer_previous
from chromadesk.studio.safety import Safety
from chromadesk.studio.scores import KeptScores
from chromadesk.studio.session import Session
from chromadesk.studio.status_bar import StatusBar
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.top_bar import TopBar
from chromadesk.studio.underneath import Underneath
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.colours.workspace import ColoursWorkspace
    from chromadesk.studio.jobs import Jobs
    from chromadesk.studio.model_workspace import ModelWorkspace
    from chromadesk.studio.ranking import Ranking

PAINT, COLOURS, MODEL = range(3)


class Window(QMainWindow):
    """Session, workspaces, bars and notices, wired together."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("ChromaDesk")
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.setMinimumSize(960, 600)
        self._closed = self._decided = False
        #: Asked when the window closes while jobs run, until it is answered.
        self.question: LeavingQuestion | None = None
        #: Asked when it closes while masks are not saved, until it is answered.
        self.unsaved: UnsavedQuestion | None = None
        self.session: Session = Session(self)
        self.tool_state = ToolState(self)
        self.live = LivePalettes(self.session, self)
        self.predictor = Predictor(self.session, self)
        self.keymap = Keymap(self)
        self.actions_table = Actions(self)
        self.top = TopBar(self.session, self.actions_table)
        self.paint: PaintWorkspace = PaintWorkspace(
            self.session, self.tool_state, self.live, self.actions_table, self.choose_folder
        )
        self.coarse: Coarse = Coarse(self.session, self.predictor, self.paint.canvas)
        self.ahead = Ahead(self.session, self.paint.photos.neighbours, self.predictor, self)
        self.batch = Batch(self.session, self.predictor, self)
        self.paint.photos.use_batch(self.batch)
        self.scores = KeptScores(self.session, self.predictor, self.tool_state, self.paint.canvas, self)
        self._colours: ColoursWorkspace | None = None
        #: The Model workspace; made when it is first shown, or when a job is found running.
        self.model_workspace: ModelWorkspace | None = None
        #: Made with it.
        self.ranking: Ranking | None = None
        self.workspaces = QStackedWidget()
        self.workspaces.addWidget(self.paint)
        self.workspaces.addWidget(QWidget())  # the place of Colours
        self.comparing: Comparing = Comparing(self.session, self.paint.canvas, self.predictor)
        self.paint.options.view.offer(self.comparing, self.session)
        self.safety = Safety(self.session, self)
        self.status = StatusBar(self.session, self.safety, self.paint.canvas)
        centre = QWidget()
        centre.setObjectName("chrome")
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.workspaces, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
        self.notices = Notices(self.workspaces)
        self.overlays: Overlays = Overlays(self)
        self.exchange: Exchange = Exchange(self)
        self.session.notice.connect(self.notices.show)
        self.session.overwrite_needed.connect(self._ask_to_overwrite)
        self.session.mask_broken.connect(lambda sentence: offer_previous(self, sentence))
        self.session.access.changed.connect(self._follow)
        self.disk_news = DiskNews(self.session, self.safety, self.notices, self)
        self.left_over = LeftOver(self.session, self.notices, self)
        self.underneath = Underneath(self.session, self.notices, self.comparing, self)
        self.session.dataset_opened.connect(self._follow)
        self.session.dataset_opened.connect(self._find_jobs)
        self.session.dataset_opened.connect(lambda: diagnostics.tell_of_the_index(self))
        self.session.photo_opened.connect(self._follow)
        self.session.photo_saved.connect(lambda _: self._follow())
        self.session.show_paint.connect(lambda: self.show_workspace(PAINT))
        self.top.jobs.clicked.connect(self.show_jobs)
        self.predictor.doing.connect(self.top.show_doing)
        self.paint.photos.rank_wanted.connect(self.rank_photos)
        self.paint.canvas.installEventFilter(self)
        self.paint.canvas.refusal = lambda: self.session.refusal
        self.paint.empty.button.setFocus()
        self._follow()

    @property
    def colours(self) -> ColoursWorkspace:
        """The Colours workspace; made when it is first wanted: the window need not wait for its pages."""
        if self._colours is None:
            from chromadesk.studio.colours.workspace import ColoursWorkspace

            self._colours = ColoursWorkspace(
                self.session, self.live, self.paint.canvas, self.choose_folder, self.paint.photos.selected_keys
            )
            place = self.workspaces.widget(COLOURS)
            assert place is not None
            self.workspaces.removeWidget(place)
            place.deleteLater()
            self.workspaces.insertWidget(COLOURS, self._colours)
        return self._colours

    def show_workspace(self, number: int) -> None:
        """Bring Paint, Colours or Model to the front."""
        shown: QWidget = self.paint
        if number == COLOURS:
            shown = self.colours
        elif number == MODEL:
            shown = self.model_workspace or self._make_model_workspace()
        self.workspaces.setCurrentWidget(shown)
        self.top.show_tab(number)
        self._follow()
        if number == PAINT:
            self.paint.canvas.setFocus()
        else:
            shown.setFocus()  # or Qt gives the keyboard to the first button, which nobody chose

    def show_jobs(self) -> None:
        """Bring the list of jobs to the front."""
        self.show_workspace(MODEL)
        assert self.model_workspace is not None
        self.model_workspace.show_jobs()

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        from PySide6.QtWidgets import QFileDialog  # takes a while to load

        start = str(self.session.dataset.root) if self.session.dataset else str(homes.home())
        chosen = QFileDialog.getExistingDirectory(self, tr("Open a folder of photos"), start)
        if chosen:
            self.session.open_folder(dataset_of(Path(chosen)))

    def rank_photos(self) -> None:
        """Find out in the background which photos to fix first."""
        if self.ranking is None:
            self._make_model_workspace()
        assert self.ranking is not None
        self.ranking.start()

    def undo(self) -> None:
        """Take the last step back, or say that there is none."""
        if self.workspaces.currentIndex() == COLOURS:
            self.colours.undo()
            return
        document = self.session.document
        if document is not None and document.undo() is None and document.stroke is None:
            self.paint.canvas.say(tr("Nothing to undo"))

    def redo(self) -> None:
        """Make the last undone step again, or say that there is none."""
        if self.workspaces.currentIndex() == COLOURS:
            self.colours.redo()
            return
        document = self.session.document
        if document is not None and document.redo() is None and document.stroke is None:
            self.paint.canvas.say(tr("Nothing to redo"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            self.paint.toggle_panels()
            return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not self.exchange.take(paths):
            drop(self.session, paths)
        event.acceptProposedAction()

    def leave(self) -> None:
        """Close without a question; jobs go on, and are found again when their data set is next opened."""
        self._decided = True
        self.close()
        let_go(self)  # what popped up after it was closed; Qt asks nobody then

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self._closed:
            self.underneath.look()
            self.exchange.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closed:
            event.accept()
            return
        if not self._decided and self.session.keeping.trouble:
            event.ignore()
            self._ask_about_masks()
            return
        if not self._decided and self.model_workspace is not None and self.model_workspace.jobs.running:
            event.ignore()
            self._ask_about_jobs(self.model_workspace.jobs)
            return
        event.accept()
        self._closed = True
        self.overlays.close()
        let_go(self)
        self.exchange.close()
        self.safety.close()
        self.session.close()
        self.ahead.close()
        self.predictor.close()
        self.live.close()
        if self._colours is not None:
            self._colours.close_threads()
        self.paint.photos.close_threads()
        self.paint.cleaning.close()
        self.paint.empty.close_threads()
        if self.model_workspace is not None:
            self.model_workspace.shutdown()

    def _ask_about_masks(self) -> None:
        if self.unsaved is None:
            keeping = self.session.keeping
            self.unsaved = UnsavedQuestion(len(keeping.waiting), keeping.trouble, self.safety.only_here, self)
            self.unsaved.answered.connect(self._answered_unsaved)
            self.unsaved.open()
        self.unsaved.raise_()

    def _answered_unsaved(self, answer: str) -> None:
        self.unsaved = None
        if answer == AGAIN:
            self.session.keeping.again()
            self.session.files.run(lambda: None, lambda _: QTimer.singleShot(0, self.close), lambda _: None)
        elif answer == STOP:
            self.session.keeping.give_up()
            self.close()

    def _ask_about_jobs(self, jobs: Jobs) -> None:
        if self.question is None:
            self.question = LeavingQuestion([job.request.kind for job in jobs.running], self)
            self.question.answered.connect(lambda answer: self._answered(answer, jobs))
            self.question.open()
        self.question.raise_()

    def _answered(self, answer: str, jobs: Jobs) -> None:
        self.question = None
        if answer == CANCEL or (answer == STOP and not jobs.stop_all()):
            return
        self.leave()

    def _make_model_workspace(self) -> ModelWorkspace:
        from chromadesk.studio.model_workspace import ModelWorkspace
        from chromadesk.studio.ranking import Ranking

        workspace = ModelWorkspace(self.session)
        workspace.jobs_changed.connect(lambda running: self.top.show_jobs(running, len(workspace.jobs.waiting)))
        workspace.show_paint.connect(lambda: self.show_workspace(PAINT))
        self.model_workspace = workspace
        self.ranking = Ranking(self.session, self.paint.photos, workspace.jobs, self)
        self.workspaces.addWidget(workspace)
        return workspace

    def _find_jobs(self) -> None:
        """A job that an earlier studio left running is counted at once, not only when Model is first shown."""
        dataset = self.session.dataset
        if self.model_workspace is not None or dataset is None:
            return
        from chromadesk.jobs import record  # kept out of the window's start

        if record.any_running(dataset.state) or record.waiting(dataset.state):
            self._make_model_workspace()

    def _follow(self) -> None:
        session = self.session
        front = self.workspaces.currentIndex()
        self.actions_table.enable(
            session.dataset is not None,
            session.document is not None,
            front == PAINT,
            front in (PAINT, COLOURS),
            bool(session.refusal),
            session.opened is not None and session.opened.backed_up,
        )
        name = session.item.photo.name if session.item else session.dataset.root.name if session.dataset else ""
        self.setWindowTitle(tr("{name} – ChromaDesk", name=name) if name else "ChromaDesk")

    def _ask_to_overwrite(self, key: str, mask: str) -> None:
        self.notices.show(
            tr("{mask} could not be read. Replace it with the mask shown here?", mask=mask),
            "warning",
            tr("Replace"),
            lambda: self.session.allow_overwrite(key),
        )
