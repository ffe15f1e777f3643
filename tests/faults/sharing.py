"""Row 5: several studios on one data set, a mask that another program changes, a folder that is taken away. Nothing
that was acknowledged is lost: it is on the disk in the end.
"""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import store
from tests.faults.hands import photos, server
from tests.faults.harness import Campaign, Turn

STUDIOS = 2


def _studios(turn: Turn) -> None:
    """Studios that want the same data set at the same time, and now and then die with it; each time one has it is a
    race.
    """
    draw = random.Random(f"studios {turn.seed}")
    with contextlib.ExitStack() as stack:
        made = [stack.enter_context(server()) for _ in range(STUDIOS)]
        while turn.done < turn.amount:
            folder = photos(turn.within / str(turn.done), masks=True)
            painted: set[tuple[str, int]] = set()
            noted: set[tuple[str, str]] = set()
            for number in range(draw.randrange(2, 6)):
                for place, each in enumerate(made):
                    each.begin("sharing", folder, number * STUDIOS + place)
                for each in made:
                    for _, (word, *rest) in each.follow()[0]:
                        if word == "have":
                            turn.count()
                        elif word == "painted":
                            painted.add((rest[0], int(rest[1])))
                        elif word == "noted":
                            noted.add((rest[0], rest[1]))
            _missing(turn, folder, painted, noted)


def _missing(turn: Turn, folder: Path, painted: set[tuple[str, int]], noted: set[tuple[str, str]]) -> None:
    dataset = Dataset.open(folder)
    with Index.open(dataset) as index:
        for key, word in sorted(noted):
            if word not in index.note(key).split():
                turn.fail(f"the note {word} on {key} is lost: {index.note(key)!r}")
    for item in dataset.items:
        opened = store.open_document(item, dataset.state)
        opened.close()
        labels = opened.document.labels.ravel()
        for key, place in sorted(painted):
            if key == item.key and labels[place] != 1:
                turn.fail(f"what was painted at {place} of {key} is lost")
    turn.measure("updates", len(painted) + len(noted))


CAMPAIGNS = (Campaign("5a", "several studios on one data set", "races", 200, 40, _studios),)
