"""Fix these first: the order, what is said about a photo, and how figures arrive, with the real child processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.dataset.figures import KeptDoubt
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.jobs import record
from chromadesk.studio.panels.photo_model import DOUBT_ROLE
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window

#: Importing torch on a busy machine takes its time, milliseconds.
PATIENCE = 120_000

Show = Callable[[Session, str], None]


@pytest.fixture
def doubted(folder: Path) -> Path:
    """03 is edited; the model doubts 05 more than 03; 04 it was not asked about; 01 and 02 are approved."""
    with Index.open(Dataset.open(folder)) as index:
        index.set_status("A/03.jpg", "edited")
        index.set_doubts(
            {"A/01.jpg": (0.9, "skin or hair?"), "A/03.jpg": (0.3, "skin or hair?"), "A/05.jpg": (1.0, "nobody found")},
            "tiny",
        )
    return folder


def names(window: Window) -> list[str]:
    model = window.paint.photos.model
    return [Path(model.key_at(row) or "").stem for row in range(model.rowCount())]


def test_most_doubtful_first_approved_last(window: Window, doubted: Path, show: Show) -> None:
    session, photos = window.session, window.paint.photos
    session.open_dataset(doubted)
    assert names(window) == ["01", "02", "03", "04", "05"]
    assert photos.doubt.isHidden()
    photos._sorted("doubt")
    assert names(window) == ["05", "03", "04", "01", "02"]
    show(session, "A/03.jpg")
    assert not photos.doubt.isHidden()
    assert photos.doubt.line.text() == "30 % skin or hair?"
    assert photos.doubt.rank.text() == "Rank 1 photo"
    tips = [photos.model.index(row).data(Qt.ItemDataRole.ToolTipRole) for row in range(5)]
    assert tips[:3] == [
        "A/05.jpg, new, nobody found (100 % doubt)",
        "A/03.jpg, edited, skin or hair? (30 % doubt)",
        "A/04.jpg, new",
    ]
    assert tips[3] == "A/01.jpg, approved"
    shown = [photos.model.index(row).data(DOUBT_ROLE) for row in range(5)]
    assert [doubt is not None for doubt in shown] == [True, True, False, False, False]
    assert window.status.fields["doubt"].text() == "skin or hair? (30 % doubt)"
    photos.grab()  # draws each kind of cell
    photos._sorted("name")
    assert photos.doubt.isHidden()
    assert photos.model.index(2).data(DOUBT_ROLE) is None


def test_approving_goes_on_in_that_order(qtbot: QtBot, window: Window, doubted: Path, show: Show) -> None:
    session = window.session
    session.open_dataset(doubted)
    window.paint.photos._sorted("doubt")
    show(session, "A/05.jpg")
    session.approve()
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/03.jpg")
    window.paint.photos._sorted("name")
    assert session.order == []


def test_a_prediction_brings_its_doubt(
    qtbot: QtBot, session: Session, folder: Path, tiny_weights: Path, show: Show
) -> None:
    predictor = Predictor(session)
    assert session.open_dataset(folder)
    show(session, "A/04.jpg")
    heard: list[str] = []
    session.doubts.changed.connect(heard.append)
    session.active.path = tiny_weights
    session.predict()
    qtbot.waitUntil(lambda: heard == ["A/04.jpg"], timeout=PATIENCE)
    kept = session.doubts.get("A/04.jpg")
    assert kept is not None
    assert kept.model == "tiny"
    predictor.close()
    session.flush()
    with Index.open(Dataset.open(folder)) as index:
        assert index.doubts() == {"A/04.jpg": kept}


def test_the_ranking_runs_in_the_background_and_the_photos_take_their_places(
    qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path, notices: list[tuple[str, str]], show: Show
) -> None:
    session, photos = window.session, window.paint.photos
    session.open_dataset(folder)
    show(session, "A/01.jpg")
    window.rank_photos()
    assert "No model is installed" in notices[-1][0]
    photos._sorted("doubt")
    assert photos.doubt.rank.text() == "Rank 2 photos"
    session.active.path = tiny_weights
    photos.doubt.rank.click()
    assert window.model_workspace is not None
    assert photos.doubt.rank.isHidden()
    assert photos.doubt.line.text() == "Ranking…"
    window.rank_photos()
    assert "already" in notices[-1][0]
    qtbot.waitUntil(lambda: session.doubts.get("A/05.jpg") is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.model_workspace.jobs.running, timeout=PATIENCE)
    assert any("Fix these first" in text for text, _ in notices)
    doubts = {name: session.doubts.get(f"A/{name}.jpg") for name in ("04", "05")}
    assert all(isinstance(doubt, KeptDoubt) for doubt in doubts.values())
    qtbot.waitUntil(lambda: not photos.doubt.line.text().startswith("Ranking"))
    assert names(window)[:2] == sorted(doubts, key=lambda name: -doubts[name].score)
    assert photos.doubt.rank.isHidden()
    (job,) = record.list_jobs(folder / ".chromadesk")
    assert record.read_request(job).config["dataset"] == "../../.."
