"""From the session's wish to the labels in the document, short of a real network."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from chromadesk.models.choice import remember_model
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.segmenter import PREDICTING
from chromadesk.studio.session import Session


def test_without_a_model_it_says_so_once(qtbot: QtBot, session: Session, folder: Path, notices: list, show) -> None:
    predictor = Predictor(session)
    assert session.open_dataset(folder)
    session.active.path = None
    show(session, "A/04.jpg")
    show(session, "A/05.jpg")
    assert [level for _, level in notices] == ["warning"]
    assert "No model" in notices[0][0]
    assert not session.proposals.owed  # by hand, then
    predictor.close()


def test_weights_that_are_none_become_a_notice(
    qtbot: QtBot, session: Session, folder: Path, tmp_path: Path, notices: list, show
) -> None:
    predictor = Predictor(session)
    assert session.open_dataset(folder)
    show(session, "A/04.jpg")
    notices.clear()
    weights = tmp_path / "broken.safetensors"
    weights.write_bytes(b"no weights")
    session.active.use(weights)
    session.predict()
    qtbot.waitUntil(lambda: bool(notices), timeout=60_000)
    assert notices[0][1] == "error"
    assert "broken.safetensors" in notices[0][0]
    assert session.status("A/04.jpg") == "new"
    assert not session.proposals.owed
    predictor.close()


def test_the_model_is_made_ready_before_it_is_asked(
    qtbot: QtBot, session: Session, folder: Path, tiny_weights: Path
) -> None:
    remember_model(folder / ".chromadesk", tiny_weights)
    predictor = Predictor(session)
    doing: list[str] = []
    predictor.doing.connect(doing.append)
    assert session.open_dataset(folder)  # its first photo has a mask, so that nothing is predicted
    qtbot.waitUntil(lambda: predictor._segmenter._loaded == (tiny_weights, "standard"), timeout=60_000)
    assert doing == []
    session.predict()
    qtbot.waitUntil(lambda: doing == [PREDICTING, ""], timeout=60_000)
    predictor.close()
