"""What came of an export or import: a notice, and a list of all that was not as it should be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from chromadesk.dataset.exporting import Exported
from chromadesk.dataset.formats.pair import Options
from chromadesk.dataset.importing import Imported
from chromadesk.dataset.target import Conflict
from chromadesk.studio.diagnostics import show_path
from chromadesk.studio.outside import said
from chromadesk.studio.words import numeral, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window


def tell_exported(window: Window, result: Exported, out: Path, options: Options) -> None:
    """Say what was written, what does not come back of it, and where it lies."""
    parts = [tr("%Ln photo(s) written to {folder}", "", result.written, folder=out.name)]
    if result.cancelled:
        left = result.total - result.written - len(result.failures)
        parts.append(tr("then stopped; %Ln were left", "", left))
    if result.failures:
        parts.append(tr("%Ln could not be written", "", len(result.failures)))
    sentences = [", ".join(parts) + "."]
    if result.lost:
        share = 100 * result.lost / result.pixels
        sentences.append(
            tr(
                "Outlines are simplified: {pixels} pixels ({share} %) come back as another class.",
                pixels=numeral(result.lost),
                share=numeral(share, 2),
            )
        )
    if result.made and not options.paper:
        sentences.append(
            tr(
                "%Ln photo(s) were turned upright or converted, so that other programs show them alike.",
                "",
                result.made,
            )
        )
    _tell(
        window,
        " ".join(sentences),
        tr("Not exported"),
        [(key, said(sentence)) for key, sentence in result.failures.items()],
        (tr("Show in folder"), lambda: show_path(window, out)),
    )


def tell_imported(window: Window, result: Imported, out: Path, is_open: bool) -> None:
    """Say what was taken in, what stayed as it was, and what could not be read or lies in two classes."""
    counts = [tr("%Ln mask(s) added to {folder}", "", result.added, folder=out.name)]
    counts += [tr("%Ln replaced", "", result.changed)] if result.changed else []
    counts += [tr("%Ln the same as before", "", result.same)] if result.same else []
    counts += [tr("%Ln left as they are", "", result.kept)] if result.kept else []
    counts += [tr("%Ln could not be read", "", len(result.failures))] if result.failures else []
    if result.cancelled:
        counts.append(tr("then stopped; the same import goes on"))
    sentences = [", ".join(counts) + "."]
    if result.conflicts:
        sentences.append(
            tr("On %Ln photo(s) pixels lie in two classes; they got the upper one.", "", len(result.conflicts))
        )
    failures = [(name, said(sentence)) for name, sentence in result.failures.items()]
    amiss = [*failures, *((key, in_words(each)) for key, each in result.conflicts.items())]
    answer = None if is_open else (tr("Open it"), lambda: window.session.open_folder(out))
    _tell(window, " ".join(sentences), tr("What to look at"), amiss, answer)


def in_words(conflict: Conflict) -> str:
    """Where pixels lie in two classes."""
    left, top, right, bottom = conflict.box
    return tr(
        "{pixels} pixels lie in two classes, between {left}, {top} and {right}, {bottom}.",
        pixels=numeral(conflict.pixels),
        left=left,
        top=top,
        right=right,
        bottom=bottom,
    )


def _tell(
    window: Window,
    text: str,
    title: str,
    amiss: list[tuple[str, str]],
    answer: tuple[str, Callable[[], None]] | None,
) -> None:
    """Show a notice with ``answer`` and, where something is ``amiss`` (name, sentence), a way to the list of it."""
    answers = [] if answer is None else [answer]
    if amiss:
        answers.append((tr("Details…"), lambda: window.exchange.details.show_list(title, amiss)))
    level = "warning" if amiss else "info"
    if answers:
        window.notices.show(text, level, *answers[0], *answers[1:])
    else:
        window.notices.show(text, level)
