"""No name comes through, whatever stands round it; one thing keeps one name instead."""

from __future__ import annotations

import getpass
import json
import platform
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.redaction import Redaction

NAME = "Anna's Müller, am See (2).JPG"
TITLES = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=4, max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        NAME,
        f"Could not write /data/x/{NAME}: No space left.",
        f"Unsaved strokes on {NAME} were brought back.",
        f"'{NAME}' and \"{NAME}\"",
        f"A/{NAME}.journal",
        f"C:\\Users\\x\\{NAME}",
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_names_of_photos_go(text: str, known: bool) -> None:
    redaction = Redaction([NAME] if known else [])
    said = redaction.text(text)
    assert "ller" not in said
    assert "Anna" not in said or (not known and "," in NAME)  # of an unknown one, what stands before a comma may stay
    assert "photo-" in said
    assert redaction.text(text) == said
    assert Redaction([NAME]).text(text) != Redaction([NAME]).text(text)


def test_what_says_nothing_of_anybody_stays() -> None:
    redaction = Redaction([NAME], {"/data/Wedding of Eva": "DATASET"})
    said = redaction.text(f"The photo {NAME} of /data/Wedding of Eva/A is 3 x 4; see chromadesk/images.py, line 7.")
    assert said.startswith("The photo photo-")
    assert said.endswith(" of DATASET/A is 3 x 4; see chromadesk/images.py, line 7.")
    assert redaction.text(f"{Path.home()}/Documents") == "~/Documents"


def test_the_person_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    monkeypatch.setattr(platform, "node", lambda: "annas-laptop")
    assert Redaction().text("/media/anna/disk on annas-laptop, hannah") == "/media/someone/disk on someone, hannah"


def test_json_is_read_before_it_is_judged() -> None:
    fields = {"message": f"no {NAME}", "note": "her sleeve", "by": "AM", "scores": {f"A/{NAME}": [0.5, NAME]}}
    said = Redaction([NAME]).lines(json.dumps(fields) + "\nplain " + NAME + "\n[" + "[" * 5000)
    first, second, _ = said.splitlines()
    assert "ller" not in said
    assert json.loads(first).keys() == {"message", "scores"}
    assert second.startswith("plain photo-")


@given(st.text(max_size=60), st.text(max_size=60), TITLES)
def test_a_known_name_never_comes_through(before: str, after: str, stem: str) -> None:
    name = f"{stem}.jpg"
    said = Redaction([name]).text(f"{before}{name} {after}")
    assert name not in said
