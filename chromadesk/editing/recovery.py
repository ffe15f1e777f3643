"""Bringing back what a journal kept: found in its two places, replayed, and told in a sentence."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chromadesk.dataset import whose
from chromadesk.dataset.away import JOURNALS
from chromadesk.dataset.pairs import STATE_FOLDER, Item, state_elsewhere, strange_link, takes_state
from chromadesk.editing import journal
from chromadesk.editing.document import Document
from chromadesk.editing.journal import Content, Step
from chromadesk.editing.recording import Journal
from chromadesk.errors import ImageError
from chromadesk.sidecars import beside

_STROKES = ("brush", "eraser", "history", "magnetic", "scribble", "border")
_WORDS = {**dict.fromkeys(_STROKES, "stroke"), "fill": "fill", "lasso": "lasso"}


@dataclass(frozen=True)
class Recovery:
    """What a person did that came back: how many of each ("stroke", "fill", "lasso", "other step") still count.

    ``last`` is when the last of them was made, in seconds since 1970 (0: unknown).
    """

    counts: dict[str, int]
    last: float

    def sentence(self, name: str) -> str:
        """What to tell the person about the photo ``name``."""
        parts = [f"{count} {word}{'s' if count > 1 else ''}" for word, count in self.counts.items()]
        if not parts:
            return f"Unsaved changes of {name} were brought back."
        said = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
        one = sum(self.counts.values()) == 1
        when = "" if not self.last else f", {'' if one else 'the last '}from {_clock(self.last)},"
        return f"{said} on {name}{when} {'was' if one else 'were'} brought back."


@dataclass
class Found:
    """What the journal of a photo holds for the labels on disk, and the journal to go on with."""

    journal: Journal
    recovery: Recovery | None = None
    #: Steps came back, a person's or not.
    replayed: bool = False
    notices: list[tuple[str, str]] = field(default_factory=list)


def places(item: Item) -> tuple[Path, Path]:
    """Where the journal of a photo lies: in its data set, or while that cannot be written in the user's own folder."""
    home, spare = folders(item.root)
    return beside(home, item.key, ".journal"), beside(spare, item.key, ".journal")


def folders(root: Path) -> tuple[Path, Path]:
    """The two folders in which journals of the data set ``root`` lie, which may be one."""
    inside, elsewhere = root / STATE_FOLDER, state_elsewhere(root)
    if strange_link(root) is not None:  # no place of ours
        inside = elsewhere
    return inside / JOURNALS, elsewhere / JOURNALS


def recover(item: Item, document: Document, looking: bool = False) -> Found:
    """Replay on ``document``, which has the labels on disk (and as ``saved``, if they are), what the journals keep.

    ``looking``: another studio has the data set, so nothing on disk is touched. Raises ImageError when the photo has
    gone meanwhile.
    """
    home, spare = places(item)
    base = journal.labels_checksum(document.labels)
    notices: list[tuple[str, str]] = []
    #: What lies there could not be read, nor put aside, so nothing may be written over it.
    blocked: set[Path] = set()
    if not looking:
        for place in (home, spare):
            _come_back(place, document.size, base)
    found = {place: _read(place, item, document.size, looking, notices, blocked) for place in (home, spare)}
    if found[home] is None and not item.photo.exists():
        # Its mask and its strokes may be there, where it has gone; without them it would look as it never did.
        raise ImageError(f"{item.photo} is gone; bring its drive or folder back and open it again.")
    chosen = _chosen({place: content for place, content in found.items() if content is not None})
    steps: list[Step] = []
    fits = True
    for content in chosen.values():
        after = content.steps_after(base, document.saved is not None)
        if after is None:
            # The mask was written by another program since: the person's steps still go on top, as unsaved work.
            after, fits = content.steps, False
            if after:
                notices.append(
                    (
                        f"{item.mask.name} was changed outside ChromaDesk; your unsaved strokes were put on top of it.",
                        "warning",
                    )
                )
        steps += after
    # As they were done on this mask, which is where the journal begins from now on.
    steps = [step._replace(patch=document.replay(step.direction, step.patch, not fits)) for step in steps]
    keep, name, turns = 0, "", 0
    if len(chosen) == 1:
        (only,) = chosen.values()
        name, turns = only.name, only.turns
    if list(chosen) == [home] and fits:
        keep = chosen[home].length if chosen[home].format == journal.FORMAT and not chosen[home].damaged else 0
    for place, content in chosen.items():
        if content.damaged and not looking:
            what = f"The journal of {item.photo.name} is damaged, and what could be read of it came back"
            if not _aside(place, "damaged", notices, what):
                blocked.add(place)
    written = Journal(
        home,
        document.size,
        base,
        keep=keep,
        before=steps,
        name=name,
        turns=turns,
        spare=None if spare in (home, *blocked) else spare,
        claim=lambda: whose.claim(item.root),
        allowed=lambda: (
            home not in blocked
            and (home == spare or takes_state(item.root))
            and (item.photo.exists() or item.mask.exists())
        ),
    )
    recovery = None
    if steps and document.touched_since_save:
        recovery = _counted(document, steps)
        notices.append((recovery.sentence(item.photo.name), "info"))
    if looking:
        written.close()
    elif steps and not keep:
        written.settle()
    return Found(written, recovery, bool(steps), notices)


def _read(
    place: Path,
    item: Item,
    size: tuple[int, int],
    looking: bool,
    notices: list[tuple[str, str]],
    blocked: set[Path],
) -> Content | None:
    """The journal at ``place``, if it is one of this photo; any other is put aside, never written over."""
    name = item.photo.name
    try:
        content = journal.read(place)
        if content is not None and content.size == size:
            return content
        empty = not content.steps if content is not None else not place.exists() or not place.stat().st_size
    except OSError as error:  # perhaps it can be read the next time, so it keeps its name
        what = f"The journal of {name} cannot be read ({error.strerror or error}), so its strokes are not here"
        notices.append((f"{what}; it is left as it is: {place}", "warning"))
        blocked.add(place)
        return None
    if empty or looking:
        return None
    if content is None:
        what = f"The journal of {name} cannot be read: it is damaged, or of a newer ChromaDesk"
        done = _aside(place, "unread", notices, what)
    else:
        what = f"{name} has another size than when it was painted; its unsaved strokes were not brought back"
        done = _aside(place, "other-size", notices, what)
    if not done:
        blocked.add(place)
    return None


def _aside(place: Path, why: str, notices: list[tuple[str, str]], what: str) -> bool:
    """Give the file at ``place`` another name, the first that is free, and say so; False when that is refused."""
    number = 1
    while (aside := _name_aside(place, why, number)).exists():
        number += 1
    try:
        place.rename(aside)
    except OSError:
        notices.append((f"{what}; it is left as it is: {place}", "warning"))
        return False
    notices.append((f"{what}; it is kept in {aside}.", "warning"))
    return True


def _name_aside(place: Path, why: str, number: int) -> Path:
    return beside(place.parent, place.stem, f".{why}{'' if number == 1 else f'-{number}'}.journal")


def _come_back(place: Path, size: tuple[int, int], base: int) -> None:
    """Once photo and mask are what they were, the journal that was put aside for the photo's size counts again."""
    number = 1
    while not place.exists() and (aside := _name_aside(place, "other-size", number)).exists():
        with contextlib.suppress(OSError):
            content = journal.read(aside)
            if content is not None and content.size == size and content.steps_after(base):
                aside.rename(place)
        number += 1


def _chosen(found: dict[Path, Content]) -> dict[Path, Content]:
    """Of two journals that began as one the newer, which has all of the other's steps; else what there is."""
    names = [content.name for content in found.values()]
    if len(names) == 2 and names[0] == names[1] != "":
        place = max(found, key=lambda each: (found[each].turns, len(found[each].steps)))  # of equal ones the first
        return {place: found[place]}
    return found


def _counted(document: Document, steps: Sequence[Step]) -> Recovery:
    kinds = [patch.kind for patch in document.history.done if patch.kind != "prediction"]
    counts = Counter(_WORDS.get(kind, "other step") for kind in kinds)
    return Recovery(dict(counts.most_common()), max(step.at for step in steps))


def _clock(moment: float) -> str:
    then = time.localtime(moment)
    today = time.strftime("%Y-%m-%d") == time.strftime("%Y-%m-%d", then)
    return time.strftime("%H:%M" if today else "%Y-%m-%d %H:%M", then)
