"""Neutral greys, so that colours are judged fairly; one accent; class colours for classes only."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from chromadesk import resources

CHROME = "#1E1E1E"
PANEL = "#2B2B2B"
FIELD = "#3A3A3A"
LINE = "#454545"
TEXT = "#E6E6E6"
DIM = "#A8A8A8"
#: Switches that are off, and what cannot be used now: quiet, yet at least 3 : 1 on every surface.
QUIET = FAINT = "#8A8A8A"
CANVAS = "#3A3A3A"
COLOURS = "#777777"
ACCENT = "#4C8DFF"
ON_ACCENT = "#111111"
WARNING = "#E0A83C"
ERROR = "#F07167"

META, BODY, HEADING, SENTENCE = 11, 12, 13, 13
ROW, RADIUS = 28, 4
#: Panels and notices move for this long, milliseconds; nothing moves on the canvas.
MOTION = 120

_STYLE = f"""
* {{ font-size: {BODY}px; }}
QWidget {{ color: {TEXT}; }}
QMainWindow, #chrome {{ background: {CHROME}; }}
#panel, #panel QStackedWidget {{ background: {PANEL}; }}
#ground {{ background: {CANVAS}; }}
#topbar, #optionsbar {{ background: {CHROME}; border-bottom: 1px solid {LINE}; }}
#cleanupbar {{ background: {CHROME}; border-bottom: 1px solid {LINE}; }}
#statusbar {{ background: {CHROME}; border-top: 1px solid {LINE}; }}
#toolcolumn {{ background: {CHROME}; border-right: 1px solid {LINE}; }}
#filmstrip {{ background: {PANEL}; border-right: 1px solid {LINE}; }}
#sidebar {{ background: {PANEL}; border-left: 1px solid {LINE}; }}
#heading {{ font-size: {META}px; font-weight: 600; color: {DIM}; letter-spacing: 0.6px; }}
#title {{ font-size: {HEADING}px; font-weight: 600; }}
#alert {{ font-size: {META}px; color: {WARNING}; }}
QToolButton#statusbutton {{ font-size: {META}px; color: {ACCENT}; padding: 0 6px; height: 20px; }}
#meta {{ font-size: {META}px; color: {DIM}; }}
#sentence {{ font-size: {SENTENCE}px; color: {TEXT}; }}
#rule {{ background: {LINE}; }}
#rule_in_force {{
    font-size: {META}px; color: {TEXT}; background: {FIELD}; border-radius: {RADIUS}px; padding: 2px 8px; }}
QToolTip {{ background: {CHROME}; color: {TEXT}; border: 1px solid {LINE}; padding: 4px 6px; font-size: {META}px; }}

QPushButton {{
    background: {FIELD}; border: 1px solid {FIELD};
    border-radius: {RADIUS}px; padding: 0 12px; min-height: 26px; }}
QPushButton:hover {{ border-color: {LINE}; background: {LINE}; }}
QPushButton:pressed {{ background: {PANEL}; }}
QPushButton:disabled {{ color: {FAINT}; background: {PANEL}; border-color: {FIELD}; }}
QPushButton:focus {{ border-color: {ACCENT}; }}
QPushButton#primary {{ background: {ACCENT}; color: {ON_ACCENT}; border-color: {ACCENT}; font-weight: 600; }}
QPushButton#primary:hover {{ background: #6BA1FF; border-color: #6BA1FF; }}
QPushButton#primary:focus {{ border-color: {TEXT}; }}
QPushButton#primary:disabled {{ background: {PANEL}; color: {FAINT}; border-color: {FIELD}; }}

QToolButton {{
    background: transparent; border: 1px solid transparent;
    border-radius: {RADIUS}px; padding: 0; color: {TEXT}; }}
QToolButton:hover {{ background: {FIELD}; }}
QToolButton:checked {{ background: {FIELD}; }}
QToolButton:disabled {{ color: {FAINT}; }}
QToolButton:focus {{ border-color: {ACCENT}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QToolButton#menu {{ padding: 0 8px; text-align: left; }}
#filmstrip QToolButton#menu {{ padding: 0 2px; }}
QToolButton#tool:checked {{
    background: {FIELD}; border-left: 2px solid {ACCENT};
    border-top-left-radius: 0; border-bottom-left-radius: 0; }}
QToolButton#tab {{
    color: {DIM}; padding: 0 10px;
    border-radius: 0; border-bottom: 2px solid transparent; border-top: 2px solid transparent; }}
QToolButton#tab:hover {{ color: {TEXT}; background: transparent; }}
QToolButton#tab:checked {{ color: {TEXT}; background: transparent; border-bottom-color: {ACCENT}; }}
QToolButton#tab:focus {{ color: {TEXT}; border: 1px solid {ACCENT}; }}

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
    background: {FIELD}; border: 1px solid {FIELD}; border-radius: {RADIUS}px; padding: 0 7px;
    min-height: {ROW - 2}px; max-height: {ROW - 2}px;
    selection-background-color: {ACCENT}; selection-color: {ON_ACCENT}; }}
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover {{ border-color: {LINE}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QComboBox:on {{ border-color: {ACCENT}; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
    background: {PANEL}; border-color: {FIELD}; color: {FAINT}; }}
QLineEdit {{ padding: 0 5px; }}
QAbstractSpinBox QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
    width: 0;
    border: none; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ image: url("@chevron@"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{
    background: {PANEL}; border: 1px solid {LINE};
    selection-background-color: {FIELD}; outline: none; }}

QMenu {{ background: {PANEL}; border: 1px solid {LINE}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 3px; min-height: 18px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {FIELD}; }}
QMenu::item:disabled {{ color: {FAINT}; }}
QMenu::separator {{ height: 1px; background: {LINE}; margin: 4px 8px; }}
QMenu::indicator {{ width: 12px; height: 12px; left: 4px; }}

QSlider::groove:horizontal {{ height: 2px; background: {LINE}; border-radius: 1px; }}
QSlider::sub-page:horizontal {{ background: {DIM}; border-radius: 1px; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; background: {TEXT}; }}
QSlider::handle:horizontal:focus {{ background: {ACCENT}; }}

QAbstractItemView {{
    background: {PANEL}; border: none;
    outline: none; selection-background-color: {FIELD}; selection-color: {TEXT}; }}
#history::item {{ padding-left: 8px; min-height: 24px; }}
#history::item:hover {{ background: {FIELD}; }}
#history::item:selected {{ background: {FIELD}; color: {TEXT}; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
QScrollBar::handle {{ background: #555555; border-radius: 3px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: #6E6E6E; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {FIELD}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {ACCENT}; border-radius: 2px; }}
QHeaderView::section {{
    background: {PANEL}; color: {DIM}; border: none;
    border-bottom: 1px solid {LINE}; padding: 4px 6px; font-size: {META}px; }}
QSplitter::handle {{ background: {LINE}; }}

QMessageBox {{ background: {PANEL}; }}
#qt_msgbox_label {{ font-size: {HEADING}px; font-weight: 600; }}
#qt_msgbox_informativelabel {{ color: {DIM}; min-width: 320px; }}

#saying {{ background: {CHROME}; border: 1px solid {LINE}; border-radius: {RADIUS}px; padding: 0 9px; }}
#notice {{ background: {CHROME}; border: 1px solid {LINE}; border-radius: {RADIUS}px; }}
#notice[level="warning"] {{ border-left: 3px solid {WARNING}; }}
#notice[level="error"] {{ border-left: 3px solid {ERROR}; }}
#notice[level="info"] {{ border-left: 3px solid {ACCENT}; }}
"""


def ink_on(rgb: tuple[int, int, int]) -> str:
    """Black or white: what is easier to read on ``rgb`` (0-255), by WCAG's contrast."""
    linear = [(value / 255 / 12.92) if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in rgb]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def font(pixels: int = BODY, semibold: bool = False) -> QFont:
    """The interface face at a size in pixels, with tabular figures."""
    face = QFont(QApplication.font())
    face.setPixelSize(pixels)
    if semibold:
        face.setWeight(QFont.Weight.DemiBold)
    return face


def apply(app: QApplication) -> None:
    """Dress the application."""
    app.setStyle("Fusion")
    face = QFont("Inter") if "Inter" in QFontDatabase.families() else QFont(app.font())
    face.setPixelSize(BODY)
    face.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(face)
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, CHROME),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Base, PANEL),
        (QPalette.ColorRole.AlternateBase, CHROME),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.Button, FIELD),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.ToolTipBase, CHROME),
        (QPalette.ColorRole.ToolTipText, TEXT),
        (QPalette.ColorRole.PlaceholderText, DIM),
        (QPalette.ColorRole.Highlight, ACCENT),
        (QPalette.ColorRole.HighlightedText, ON_ACCENT),
        (QPalette.ColorRole.Light, LINE),
        (QPalette.ColorRole.Midlight, LINE),
        (QPalette.ColorRole.Dark, CHROME),
        (QPalette.ColorRole.Mid, LINE),
        (QPalette.ColorRole.Shadow, CHROME),
        (QPalette.ColorRole.Link, ACCENT),
    ):
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(FAINT))
    app.setPalette(palette)
    chevron = resources.folder() / "icons" / "chevron.svg"
    app.setStyleSheet(_STYLE.replace("@chevron@", chevron.as_posix()))
