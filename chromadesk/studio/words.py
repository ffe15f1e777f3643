"""The words of the studio in the person's language: ``tr`` is the one way to say anything.

``resources/translations`` holds Qt Linguist's file per language (``chromadesk_de.ts`` and, made of it, ``.qm``);
``scripts/translate.py`` gathers the texts of the code into them. English is what stands in the code, but for plurals.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTranslator

from chromadesk import resources, settings
from chromadesk.classes import CLASSES

#: The languages there are, each in its own words.
LANGUAGES = {"en": "English", "de": "Deutsch"}
_installed: list[QTranslator] = []


def tr(text: str, comment: str = "", count: int = -1, /, **values: object) -> str:
    """``text`` in the language in use, its ``{name}`` filled in from ``values``.

    ``comment`` parts what is one word here and two elsewhere. ``count`` stands for ``%n`` (``%Ln``: with the marks of
    the language) and decides between singular and plural.
    """
    said = QCoreApplication.translate("", text, comment or None, count)
    return said.format(**values) if values else said


def mark(text: str, comment: str = "") -> str:
    """``text`` as it is: what stands in a table is gathered for translation here, and given to ``tr`` when shown."""
    return text


def numeral(value: float, decimals: int = 0) -> str:
    """``1,234`` or ``0.79`` as the language writes it."""
    return QLocale().toString(float(value), "f", decimals)


def day(when: date) -> str:
    """``3 May 2025`` as the language writes it."""
    return QLocale().toString(QDate(when.year, when.month, when.day), tr("d MMM yyyy"))


def duration(seconds: float) -> str:
    """``40 s``, ``12 min``, ``1 h 20 min``: no finer than an estimate is."""
    if seconds < 55:
        return tr("{seconds} s", seconds=max(5, round(seconds / 5) * 5))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def together(words: list[str]) -> str:
    """``skin, hair and clothes``."""
    if len(words) < 2:
        return "".join(words)
    return tr("{some} and {last}", some=", ".join(words[:-1]), last=words[-1])


def class_name(class_id: int) -> str:
    """How a class is called within a sentence."""
    return tr(CLASSES[class_id].name)


def class_title(class_id: int) -> str:
    """How a class is called where its name stands alone."""
    return capitalised(class_name(class_id))


def capitalised(text: str) -> str:
    """``text`` with a capital first, and the rest as it is (nouns that have one keep it)."""
    return text[:1].upper() + text[1:]


def use(language: str) -> None:
    """Speak ``language`` ("auto": the system's, where there is one for it) from now on; numbers and dates follow.

    What is on the screen already stays as it is, so this comes before the window.
    """
    app = QCoreApplication.instance()
    assert app is not None
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    chosen = language if language in LANGUAGES else _of_the_system()
    system = QLocale.system()
    QLocale.setDefault(system if system.name().split("_")[0] == chosen else QLocale(chosen))
    folders = {"chromadesk": str(resources.folder() / "translations")}
    if chosen != "en":  # in which Qt's own buttons are
        folders["qtbase"] = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(f"{name}_{chosen}", folder):
            app.installTranslator(translator)
            _installed.append(translator)


def use_chosen() -> None:
    """Speak the language that the settings say."""
    use(settings.get("language"))


def _of_the_system() -> str:
    wanted = (QLocale(name).name().split("_")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in wanted if name in LANGUAGES), "en")


# Names that code without Qt gives: the classes, the states of a photo.
_ELSEWHERE = (
    mark("background"),
    mark("accessories"),
    mark("skin"),
    mark("clothes"),
    mark("hair"),
    mark("new"),
    mark("proposed"),
    mark("edited"),
    mark("approved"),
    mark("excluded"),
    # The classes' short names in the paper's tables.
    mark("Null"),
    mark("Accs."),
    mark("Skin"),
    mark("Clothes"),
    mark("Hair"),
    # How closely a model looks.
    mark("fast"),
    mark("standard"),
    mark("careful"),
)
