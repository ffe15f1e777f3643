from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot
from safetensors.numpy import save_file

from chromadesk.errors import InputError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Finished
from chromadesk.jobs.record import Request
from chromadesk.learning.config import TrainConfig
from chromadesk.models import library
from chromadesk.models.info import WeightsInfo
from chromadesk.models.promote import promote
from chromadesk.models.registry import ARCHITECTURES
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels.training import TrainingPanel, past_pace
from chromadesk.studio.panels.training_options import TrainingOptions
from chromadesk.studio.panels.training_run import TrainingRun
from chromadesk.studio.session import Session
from chromadesk.studio.words import duration


@pytest.fixture
def options(qtbot: QtBot, dressed: object) -> TrainingOptions:
    made = TrainingOptions()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[TrainingPanel]:
    jobs = Jobs(session)
    made = TrainingPanel(session, jobs)
    qtbot.addWidget(made)
    yield made
    jobs.close()


def choose_new(options: TrainingOptions, network: str) -> None:
    options.start.setCurrentIndex(options.start.count() - 1)
    options.network.setCurrentIndex(options.network.findData(network))


def test_a_new_network_has_its_recipe_and_its_parameters(options: TrainingOptions, tmp_path: Path) -> None:
    options.offer(None, None)
    choose_new(options, "unet")
    assert set(options.parameters) == {"depth", "width"}
    config = options.config(tmp_path)
    assert (config.model, config.init, config.total_epochs, config.peak_lr) == ("unet", None, 15, 1e-4)
    assert config.parameters == {"depth": 4, "width": 64}
    options.parameters["depth"].setValue(5)
    assert options.config(tmp_path).parameters["depth"] == 5
    choose_new(options, "chromanet")
    assert set(options.parameters) == {"encoder"}  # and no list of widths
    assert options.config(tmp_path).parameters == {"encoder": "lite0"}


def test_every_network_is_offered_and_every_default_is_its_own(options: TrainingOptions, tmp_path: Path) -> None:
    combo = options.network
    offered = [combo.itemData(place) for place in range(combo.count()) if combo.itemData(place)]
    assert offered[0] == "chromanet"
    assert offered.index("fcn32s") < offered.index("fcn1s")
    assert sorted(offered) == sorted(ARCHITECTURES)
    assert "376 million" in combo.itemData(combo.findData("unet6"), Qt.ItemDataRole.ToolTipRole)
    for row in ARCHITECTURES.values():
        choose_new(options, row.name)
        assert row.description in combo.toolTip()
        config = options.config(tmp_path)
        assert {**row.parameters, **config.parameters} == row.parameters
        assert set(row.choices) == {name for name, value in row.parameters.items() if isinstance(value, str)}
        assert (config.loss, config.encoder_weights) == (row.losses[0], None)
        assert options.encoder.isHidden() == (not row.encoder)
        assert TrainConfig.from_json(config.to_json()) == config


def test_a_networks_own_choices_are_chosen_by_name(options: TrainingOptions, tmp_path: Path) -> None:
    choose_new(options, "deeplabv3plus")
    field = options.parameters["encoder"]
    assert isinstance(field, QComboBox)
    assert [field.itemText(place) for place in range(field.count())][:2] == ["ResNet-50", "EfficientNet-Lite0"]
    field.setCurrentIndex(field.findData("lite1"))
    assert options.config(tmp_path).parameters == {"encoder": "lite1"}


def test_the_loss_follows_the_network_and_the_wish_is_kept(
    options: TrainingOptions, tmp_path: Path, tiny_weights: Path
) -> None:
    choose_new(options, "unet")
    options.loss.setCurrentIndex(options.loss.findData("vanilla"))
    choose_new(options, "pix2pix")
    assert (options.loss.count(), options.loss.currentText()) == (1, "Adversarial (GAN + L1)")
    assert not options.loss.isEnabled()
    assert options.config(tmp_path).loss == "gan"
    choose_new(options, "fcn1s")
    assert options.loss.isEnabled()
    assert options.config(tmp_path).loss == "vanilla"
    choose_new(options, "pix2pix")
    options.offer(tmp_path, promote(tiny_weights, tmp_path, "tiny"))  # a U-Net
    assert options.config(tmp_path).loss == "vanilla"


def test_the_encoder_begins_with_imagenet_nothing_or_a_file(
    options: TrainingOptions, tmp_path: Path, tiny_weights: Path
) -> None:
    choose_new(options, "fcn8s")
    options.encoder.setCurrentIndex(options.encoder.findText("Random weights"))
    assert options.config(tmp_path).encoder_weights == "random"
    for name in ("vgg.pth", "other.h5"):  # the second takes the place of the first
        options.encoder.choose_file(tmp_path / name)
        assert options.encoder.currentText() == name
        assert options.config(tmp_path).encoder_weights == str(tmp_path / name)
    choose_new(options, "fcn1s")  # VGG16 as well
    assert options.config(tmp_path).encoder_weights == str(tmp_path / "other.h5")
    choose_new(options, "lraspp")
    assert options.encoder.findText("other.h5") < 0
    assert options.config(tmp_path).encoder_weights is None
    choose_new(options, "deeplabv3plus")
    options.encoder.choose_file(tmp_path / "resnet.pth")
    kind = options.parameters["encoder"]
    kind.setCurrentIndex(kind.findData("lite0"))
    assert options.config(tmp_path).encoder_weights is None
    options.encoder.setCurrentIndex(options.encoder.findText("Random weights"))
    options.offer(tmp_path, promote(tiny_weights, tmp_path, "tiny"))
    assert options.encoder.isHidden()
    assert options.config(tmp_path).encoder_weights is None


def test_no_file_named_means_the_choice_before(qtbot: QtBot, options: TrainingOptions, tmp_path: Path) -> None:
    choose_new(options, "fcn1s")
    encoder = options.encoder
    asked: list[str] = []

    def cancel() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            asked.append(dialog.windowTitle())
            dialog.reject()

    impatient = QTimer(interval=20, timeout=cancel)
    impatient.start()
    for text in ("Random weights", "ImageNet weights"):
        encoder.setCurrentIndex(encoder.findText(text))
        qtbot.keyClick(encoder, Qt.Key.Key_End)  # "From a file…"
        assert encoder.currentText() == text
    assert asked == ["Encoder", "Encoder"]


def test_weights_say_which_network_they_are_and_a_fine_tune_is_gentler(
    options: TrainingOptions, tmp_path: Path, tiny_weights: Path
) -> None:
    version = promote(tiny_weights, tmp_path, "tiny")
    options.offer(tmp_path, version)
    assert options.init == str(version)
    assert not options.network.isEnabled()
    config = options.config(tmp_path)
    assert (config.model, config.init, config.parameters) == ("unet", str(version), {})
    assert config.size == (64, 32)
    assert config.total_epochs < 15
    assert config.peak_lr < 1e-4


def test_damaged_weights_are_not_offered(options: TrainingOptions, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "broken.safetensors").write_bytes(b"nothing")
    later = WeightsInfo("later", "chromanet9")
    save_file({}, tmp_path / "models" / "later.safetensors", later.metadata())
    options.offer(tmp_path, None)
    assert options.start.findText("broken") < 0
    assert options.start.findText("later") < 0  # a network that this version does not know


def test_every_choice_reaches_the_request(options: TrainingOptions, tmp_path: Path) -> None:
    choose_new(options, "unet")
    options.epochs.setValue(7)
    options.lr.setText("3e-4")
    options.batch.setValue(2)
    options.loss.setCurrentIndex(options.loss.findData("vanilla"))
    options.photos.setCurrentIndex(options.photos.findData("corrected"))
    options.device.setCurrentIndex(options.device.findData("cpu"))
    options.set_size("64x32")
    config = options.config(tmp_path)
    assert (config.epochs, config.lr, config.batch, config.loss) == (7, 3e-4, 2, "vanilla")
    assert (config.photos, config.device, config.size) == ("corrected", "cpu", (64, 32))
    assert TrainConfig.from_json(config.to_json()) == config
    options.lr.setText("fast")
    with pytest.raises(InputError, match="'fast' is no number"):
        options.config(tmp_path)
    options.lr.setText("")
    assert options.config(tmp_path).lr is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2, "5 s"), (42, "40 s"), (58, "1 min"), (725, "12 min"), (3599, "1 h 00 min"), (9000, "2 h 30 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def ended_job(state: Path, config: dict[str, Any], pace: float | None) -> None:
    job = record.create(state, Request("improve", config))
    record.append(job, Finished({"train": {"seconds_per_step": pace}}))


def test_the_estimate_rests_on_a_like_job_or_is_not_given(tmp_path: Path) -> None:
    config = TrainConfig("", "", model="unet", parameters={"depth": 4}, epochs=2)
    asked = config.to_json() | {"size": [512, 256]}
    assert past_pace(tmp_path, config) is None
    ended_job(tmp_path, asked | {"model": "fcn1s"}, 9.0)
    ended_job(tmp_path, asked, None)
    record.create(tmp_path, Request("improve", asked))  # still running
    assert past_pace(tmp_path, config) is None
    ended_job(tmp_path, asked | {"epochs": 50, "lr": 1.0}, 2.0)
    assert past_pace(tmp_path, config) == 2.0
    assert past_pace(tmp_path, TrainConfig("", "", model="unet", parameters={"depth": 5})) is None
    gan = TrainConfig("", "", model="pix2pix", loss="gan")
    ended_job(tmp_path, {"model": "a/weights/file", "split": "test"}, 1.0)
    ended_job(tmp_path, gan.to_json(), 3.0)
    spelt_out = TrainConfig("", "", model="pix2pix", parameters={"depth": 8, "width": 64})
    assert past_pace(tmp_path, spelt_out) == 3.0
    assert past_pace(tmp_path, TrainConfig("", "", model="pix2pix", init="old.safetensors", loss="gan")) is None


def test_headline_empty_state_and_estimate(qtbot: QtBot, panel: TrainingPanel, session: Session, folder: Path) -> None:
    for mask in (folder / "B").iterdir():
        mask.unlink()
    session.open_dataset(folder)
    qtbot.waitUntil(lambda: session.document is not None)
    assert panel.approved() == 0
    assert panel._stack.currentWidget() is panel.empty
    with qtbot.waitSignal(panel.show_paint):
        qtbot.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(session.photo_saved):
        session.approve()
    qtbot.waitUntil(lambda: panel.count.text() == "1 approved photo")
    assert panel._stack.currentWidget() is not panel.empty
    assert panel.estimate.text() == ""
    assert session.dataset is not None
    choose_new(panel.options, "unet")
    qtbot.waitUntil(lambda: panel.improve.text() == "Train a new model")
    config = panel.options.config(folder)
    ended_job(session.dataset.state, config.to_json() | {"size": list(config.size)}, 4.0)
    panel.refresh()
    assert panel.estimate.text() == f"about {duration(4.0 * panel.options.epochs.value())}"


def test_what_cannot_be_used_is_a_notice_and_no_job(
    qtbot: QtBot, panel: TrainingPanel, session: Session, folder: Path, notices: list[tuple[str, str]]
) -> None:
    session.open_dataset(folder)
    choose_new(panel.options, "unet")
    panel.options.lr.setText("0")
    panel.start()
    assert "learning rate" in notices[-1][0]
    assert session.dataset is not None
    assert record.list_jobs(session.dataset.state) == []


def test_without_imagenet_weights_the_training_ends_in_a_sentence(
    qtbot: QtBot, session: Session, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    session.open_dataset(folder)
    jobs = Jobs(session)
    panel, run = TrainingPanel(session, jobs), TrainingRun(session, jobs)
    for widget in (panel, run):
        qtbot.addWidget(widget)
    jobs.followed.connect(run.follow)
    choose_new(panel.options, "lraspp")  # no package brings its weights
    panel.options.set_size("64x32")
    panel.start()
    qtbot.waitUntil(lambda: run.job is None, timeout=180_000)
    assert "no ImageNet weights for MobileNetV3-Large" in run.warning.text()
    jobs.close()


def test_what_was_approved_since_the_version_was_made(
    qtbot: QtBot, panel: TrainingPanel, session: Session, folder: Path, tiny_weights: Path
) -> None:
    session.open_dataset(folder)
    assert panel.count.text() == "3 approved photos"  # no version, no since
    assert panel.total.isHidden()

    def approve(key: str) -> None:
        assert session.index is not None
        session.index.set_status(key, "approved")
        session.status_changed.emit(key)

    approve("A/01.jpg")
    version = promote(tiny_weights, folder / ".chromadesk", "tiny")
    session.active.use(version)
    assert panel.count.text() == "None approved since v1"
    approve("A/02.jpg")
    qtbot.waitUntil(lambda: panel.count.text() == "1 approved since v1")
    assert panel.total.text() == "3 approved photos in all"
    session.active.use(library.bundled()[0])
    assert panel.count.text() == "3 approved photos"
    session.active.use(version)  # read from the decisions now
    assert panel.count.text() == "1 approved since v1"
