from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.models.promote import promote
from chromadesk.studio.background import Background
from chromadesk.studio.panels.models import ModelRow, ModelsPanel, entries
from chromadesk.studio.session import Session


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[ModelsPanel]:
    background = Background()
    made = ModelsPanel(session, background)
    qtbot.addWidget(made)
    made.show()
    yield made
    background.finish(drop=True)


def row(panel: ModelsPanel, name: str) -> ModelRow:
    return next(row for row in panel.rows if row.entry.path.stem == name)


def test_entries_tell_versions_and_damage(tmp_path: Path, tiny_weights: Path) -> None:
    promote(tiny_weights, tmp_path, "tiny")
    (tmp_path / "models" / "broken.safetensors").write_bytes(b"nothing")
    own = {entry.path.stem: entry for entry in entries(tmp_path) if not entry.bundled}
    assert own["tiny-v1"].about == "U-Net · from scratch"
    assert "no safetensors file" in own["broken"].about


def test_use_makes_active_and_back(
    qtbot: QtBot, panel: ModelsPanel, session: Session, folder: Path, tiny_weights: Path
) -> None:
    state = folder / ".chromadesk"
    first, second = promote(tiny_weights, state, "tiny"), promote(tiny_weights, state, "tiny")
    session.open_dataset(folder)
    session.set_model(second)
    qtbot.waitUntil(lambda: any(row.active and row.entry.path == second for row in panel.rows))
    assert row(panel, "tiny-v2").use_button.isHidden()
    qtbot.mouseClick(row(panel, "tiny-v1").use_button, Qt.MouseButton.LeftButton)
    assert session.model == first
    qtbot.waitUntil(lambda: row(panel, "tiny-v1").active)
    assert not row(panel, "tiny-v2").active
    assert "active" in row(panel, "tiny-v1").accessibleName()
    panel.grab()
