"""The studio speaks its languages: ``tr``, plurals, numbers and dates, and the sentences of code that knows no Qt."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyqtgraph
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.classes import CLASSES
from chromadesk.colour.names import NAMES
from chromadesk.dataset.index import STATUSES
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.restore import MISSING
from chromadesk.inference.quality import QUALITIES
from chromadesk.jobs.messages import Message, Warned
from chromadesk.learning.data import judging_pairs
from chromadesk.learning.gate import compare
from chromadesk.models.registry import ARCHITECTURES
from chromadesk.studio import language_menu, words
from chromadesk.studio.actions import TABLE
from chromadesk.studio.colour_words import WORDS, colour_word
from chromadesk.studio.commands import gestures
from chromadesk.studio.outside import said
from chromadesk.studio.panels.curves import plain_plot
from chromadesk.studio.panels.jobs_list import moment
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.window import Window
from chromadesk.studio.words import capitalised, class_name, class_title, day, numeral, together, tr


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """German while the test lasts; ask for it before the window."""
    words.use("de")
    yield
    words.use("en")


def test_english_is_what_stands_in_the_code(qapp: QApplication) -> None:
    assert tr("Open {name}", name="a{b}") == "Open a{b}"
    assert tr("%Ln photo(s) predicted", "", 1) == "1 photo predicted"
    assert tr("%Ln photo(s) predicted", "", 1200) == "1,200 photos predicted"
    assert (numeral(1234), numeral(0.5, 3), day(date(2025, 5, 3))) == ("1,234", "0.500", "3 May 2025")
    assert together(["hair"]) == "hair"
    assert together(["a", "b", "c"]) == "a, b and c"


def test_german_says_names_plurals_numbers_and_dates_its_own_way(german: None) -> None:
    assert [class_title(each.id) for each in CLASSES] == ["Hintergrund", "Accessoires", "Haut", "Kleidung", "Haare"]
    assert tr("Paint {name}", name=class_name(3)) == "Kleidung malen"
    assert [capitalised(tr(status)) for status in STATUSES] == [
        "Neu",
        "Vorgeschlagen",
        "Bearbeitet",
        "Freigegeben",
        "Ausgeschlossen",
    ]
    assert tr("%Ln photo(s) predicted", "", 1) == "1 Foto mit Vorschlag versehen"
    assert tr("%Ln photo(s) predicted", "", 1200) == "1.200 Fotos mit Vorschlägen versehen"
    assert (numeral(1234), numeral(0.5, 3), day(date(2025, 5, 3))) == ("1.234", "0,500", "3. Mai 2025")
    assert together(["Haut", "Haare"]) == "Haut und Haare"
    assert moment(0.0, 86400.0 * 400).split(" ", 1)[0] in ("1.", "31.")


def test_qt_s_own_words_and_keys_are_german_too(german: None) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert QKeySequence("Ctrl+Shift+Z").toString(QKeySequence.SequenceFormat.NativeText) == "Strg+Umschalt+Z"
    words.use("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_language_is_the_one_chosen_or_the_system_s(qapp: QApplication) -> None:
    try:
        settings.put("language", "de")
        words.use_chosen()
        assert QLocale().language() == QLocale.Language.German
        settings.put("language", "auto")
        words.use_chosen()
        spoken = {QLocale(name).name().split("_")[0] for name in QLocale.system().uiLanguages()}
        assert tr("Undo") == ("Rückgängig" if "de" in spoken and "en" not in spoken else "Undo")
        settings.put("language", "xx")  # of a newer version
        words.use_chosen()
    finally:
        settings.put("language", "auto")
        words.use("en")


def test_the_language_is_chosen_in_the_window(window: Window, notices: list[tuple[str, str]]) -> None:
    menu = window.findChild(language_menu.LanguageMenu)
    assert menu is not None
    assert menu.entries["auto"].isChecked()
    try:
        menu.entries["de"].trigger()
        assert settings.get("language") == "de"
        assert notices[-1] == ("From the next start on: Deutsch.", "info")
        menu.follow()
        assert menu.entries["de"].isChecked()
        window.overlays.finder.toggle()
        window.overlays.finder.field.setText("system's language")
        window.overlays.finder.list.itemClicked.emit(window.overlays.finder.list.item(0))
        assert settings.get("language") == "auto"
    finally:
        settings.put("language", "auto")


def test_sentences_from_outside_are_said_anew(german: None) -> None:
    assert said("Clothes is locked") == "Gesperrt: Kleidung"
    assert said("Already hair") == "Schon Haare"
    assert said("skin or hair?") == "Haut oder Haare?"
    assert said("Training ChromaNet from chromanet-v2") == "Training von ChromaNet ab chromanet-v2"
    assert said("mIoU 0.770 → 0.791, adopted as v3") == "mIoU 0,770 → 0,791, übernommen als v3"
    assert said("no such sentence") == "no such sentence"
    assert all(said(each) != each for each in MISSING.values())
    assert all(said(row.description) != row.description for row in ARCHITECTURES.values())
    assert all(tr(quality) and tr(quality) != "careful" for quality in QUALITIES)


def test_warnings_of_an_evaluation_are_said_anew(german: None, folder: Path) -> None:
    warned: list[Message] = []
    judging_pairs(Dataset.open(folder), "test", warned.append)
    assert [said(each.text).partition(";")[0] for each in warned if isinstance(each, Warned)] == [
        f"{folder} ist noch nicht in Training und Tests geteilt"
    ]
    known = "2 of 3 photos here were in the training of v1: its scores are too good."
    assert said(known) == "2 von 3 Fotos hier waren im Training von v1: Seine Werte sind zu gut."
    known = "2 of 3 test photos were in the training of v1, which this one starts from: its scores are too good."
    assert said(known).startswith("2 von 3 Testfotos waren im Training von v1, von dem dieses ausgeht")


def test_verdicts_are_said_anew(german: None) -> None:
    assert said(compare(None, None).why).startswith("Es gibt keine Testfotos")
    rows = [{"key": f"{n}", "confusion": [[9, 1, 0, 0, 0], *[[0] * 5] * 4]} for n in range(3)]
    new = {"photos": 3, "miou": 0.7, "per_photo": rows}
    assert said(compare(None, new).why) == (
        "Das neue Modell hat mIoU 0,700 bei 3 Testfotos; ein älteres gibt es nicht."
    )
    assert said(compare(new, new, chosen_on_these=True).why) == (
        "Das neue Modell ist genauso gut wie das alte bei 3 Testfotos: mIoU über fünf Klassen 0,7000 → 0,7000."
    )


def test_every_colour_has_a_name(german: None) -> None:
    assert set(WORDS) == set(NAMES)
    assert colour_word("dusty rose") == "Altrosa"


def test_axes_have_the_decimal_sign_of_the_language(german: None, qtbot: QtBot) -> None:
    plot = plain_plot(pyqtgraph)
    qtbot.addWidget(plot)
    assert plot.getAxis("left").tickStrings([0.2, 0.4], 1.0, 0.2) == ["0,2", "0,4"]


def test_hints_and_gestures_keep_their_form_in_german(german: None, window: Window) -> None:
    for tool in TOOLS:
        plain, german_parts = tool.hint.split("    "), tr(tool.hint).split("    ")
        assert [": " in part for part in plain] == [": " in part for part in german_parts], tool.name
    found = dict(gestures(window))
    assert found["Umschalt-Klick"].endswith("Linie")
    assert found["Ziehen"] == "Hand: Foto verschieben"
    assert not any("Größe" in gesture for gesture in found)  # [ ] are keys, and stand among the keys
    assert window.paint.tools.buttons["brush"].toolTip() == "Pinsel (B)"
    assert window.paint.classes.rows[3].toolTip() == "Kleidung malen (3)"
    assert window.actions_table["undo"].toolTip() == "Rückgängig (Strg+Z)"


def test_changed_keys_stand_in_german_hints(german: None, window: Window) -> None:
    zoom = next(tool for tool in TOOLS if tool.name == "zoom")
    assert "Strg+0: einpassen" in tr(zoom.hint)
    try:
        assert window.keymap.bind("fit", QKeySequence("Ctrl+9")) == ""
        assert "Strg+9: einpassen" in window.keymap.in_words(tr(zoom.hint))
    finally:
        window.keymap.reset_all()


class _Accented(QTranslator):
    """Every letter of every text of ours gets an accent, so what is left plain was never given to ``tr``."""

    def translate(self, context: str, text: str, comment: str | None = None, count: int = -1) -> str | None:  # type: ignore[override]
        return None if context else re.sub(r"(\{\w+\}|%L?n)|[A-Za-z]", lambda m: m[1] or "é", text)

    def isEmpty(self) -> bool:
        return False


#: What no language changes: networks and models, measures, keys, languages.
_PLAIN = re.compile(
    r"(?i)chroma\w+|u-net\d?|unet\d|fcn\d+s|pix2pix|deeplabv3\+?|lr-aspp|-fast|miou|strg|ctrl|shift|return|enter|pgup"
    r"|pgdown|\S*\.safetensors|english|deutsch|qt_\w+"
    r"|export(\.\.\.)?"  # in a menu of pyqtgraph's that our plots never show
)


@pytest.mark.parametrize("opened", [False, True])
def test_no_text_of_the_window_is_left_in_english(
    qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest, folder: Path, opened: bool
) -> None:
    accented = _Accented(qapp)
    qapp.installTranslator(accented)
    try:
        window: Window = request.getfixturevalue("window")
        if opened:
            window.session.open_folder(folder)
            qtbot.waitUntil(lambda: bool(window.session.items))
            window.session.open_photo("A/02.jpg")
            qtbot.waitUntil(lambda: window.session.item is not None)
            window.undo()
        for number in (1, 2, 0):
            window.show_workspace(number)
        for overlay in (window.overlays.keys, window.overlays.guide, window.overlays.finder):
            overlay.toggle()
            overlay.toggle()
        texts = {text for widget in [window, *window.findChildren(QWidget)] for text in _texts(widget)}
        texts |= {text for action in window.findChildren(QAction) for text in (action.text(), action.toolTip())}
        names = (str(folder), "02.jpg", "01.jpg", f"{folder.name} ▾")
        plain = {functools.reduce(lambda left, name: left.replace(name, ""), names, text) for text in texts}
        plain = {_PLAIN.sub("", text) for text in plain}
        assert {text for text in plain if re.search("[A-Za-z]{3}", re.sub("<[^>]*>|&nbsp;", "", text))} == set()
    finally:
        qapp.removeTranslator(accented)


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    for name in ("text", "placeholderText", "specialValueText", "title"):
        said_by = getattr(widget, name, None)
        if callable(said_by) and not (isinstance(widget, QLabel) and widget.pixmap()):
            yield said_by()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QListWidget):
        yield from (widget.item(row).text() for row in range(widget.count()))


def test_every_action_is_called_something_in_german(german: None) -> None:
    same = {spec.text for spec in TABLE if tr(spec.text) == spec.text}
    assert same == set()
