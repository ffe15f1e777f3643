from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.models import weights
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
    assert dataclasses.replace(own["tiny-v1"], miou=0.5).about.endswith(" · mIoU\N{NO-BREAK SPACE}0.500")


def test_fine_tunes_stand_below_their_parents(tmp_path: Path, tiny_weights: Path) -> None:
    base = promote(tiny_weights, tmp_path, "base")
    network, info = weights.load(base)
    for name, parent in (("a-v2", "base-v1"), ("a-v10", "a-v2"), ("lost", "gone")):
        said = dataclasses.replace(info, name=name, parent=parent)
        weights.save(network, said, tmp_path / "models" / f"{name}.safetensors")
    own = [entry for entry in entries(tmp_path) if not entry.bundled]
    assert [(entry.path.stem, entry.depth) for entry in own] == [("base-v1", 0), ("a-v2", 1), ("a-v10", 2), ("lost", 0)]
    assert own[2].about == "U-Net · from a-v2"


def test_one_click_leads_back(
    qtbot: QtBot, panel: ModelsPanel, session: Session, folder: Path, versions: Callable[[Path, int], list[Path]]
) -> None:
    first, second = versions(folder / ".chromadesk", 2)
    session.open_dataset(folder)
    session.active.use(first)
    session.active.use(second)
    qtbot.waitUntil(lambda: any(row.active and row.entry.path == second for row in panel.rows))
    assert row(panel, "tiny-v1").back_button.isHidden()
    button = row(panel, "tiny-v2").back_button
    assert button.text() == "Back to tiny-v1"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.active.path == first
    qtbot.waitUntil(lambda: row(panel, "tiny-v1").active)
    other = Session()  # as after a restart
    other.open_dataset(folder)
    assert other.active.path == first
    other.close()


def test_use_makes_active_and_back(
    qtbot: QtBot, panel: ModelsPanel, session: Session, folder: Path, versions: Callable[[Path, int], list[Path]]
) -> None:
    state = folder / ".chromadesk"
    first, second = versions(state, 2)
    session.open_dataset(folder)
    session.active.use(second)
    qtbot.waitUntil(lambda: any(row.active and row.entry.path == second for row in panel.rows))
    assert row(panel, "tiny-v2").use_button.isHidden()
    qtbot.mouseClick(row(panel, "tiny-v1").use_button, Qt.MouseButton.LeftButton)
    assert session.active.path == first
    qtbot.waitUntil(lambda: row(panel, "tiny-v1").active)
    assert not row(panel, "tiny-v2").active
    assert "active" in row(panel, "tiny-v1").accessibleName()
    panel.grab()
