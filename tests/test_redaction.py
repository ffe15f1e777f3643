"""No name comes through, whatever stands round it; one thing keeps one name instead."""

from __future__ import annotations

import getpass
import json
import pathlib
import platform
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.redaction import Redaction

NAME = "Anna's Müller, am See (2).JPG"
NAMES = st.text(st.characters(categories=("Lu",)), min_size=3, max_size=12)
STARTS = ("/srv/", "/media/", "E:\\", "~/", "DATASET/", "//nas/")
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
    code = f'File "{pathlib.__file__}", line 7, in open; see https://example.org/a/b and /usr/lib/x.so'
    assert redaction.text(code) == code.replace(str(Path.home()), "~")
    kept = "request.json of DATASET/.chromadesk/jobs/20260101-101010-train cannot be read: no space"
    assert redaction.text(kept) == kept


#: Folders and texts, and what must not be left of them.
LEAKS = [
    "/srv/Kundin Weber/Weber-v3.safetensors",
    "Could not read /srv/Kundin Weber/Weber-v3.safetensors: No such file",
    "{'init': '/srv/w/Klara.pt', 'out': '/srv/Klara'}",
    "/srv/Kundin Weber/data",
    "/media/anna/Anna Stick/x",
    "the folder Weber is gone",
    "Could not write /srv/Weber: /srv/Kundin Weber is gone. Bring the drive or folder back.",
    "DATASET/Klara/photo-1.jpg",
    "/data/Weber-alt/x",
    "/mnt/data/Weber/Klara 2/y.toml, line 7",
    "E:\\Kundin Weber\\Klara.onnx",
    "\\\\server\\Weber\\x",
    "file:///srv/Kundin/x.txt",
    "dataset=/srv/Klara/x and /usr/../srv/Weber",
    "~/Kundin/Weber.json",
    "board Klara im Herbst.json",
]


@pytest.mark.parametrize("text", LEAKS)
def test_no_folder_outside_the_program_comes_through(text: str) -> None:
    redaction = Redaction(folders={"/data/Weber": "DATASET"}, words={"Weber"})
    for said in (redaction.text(text), redaction.lines(json.dumps({"message": text})), redaction.lines(text)):
        assert not [name for name in ("Weber", "Kundin", "Klara", "Anna", "anna") if name in said], said
    assert redaction.text(text) == redaction.text(text)
    assert Path(text).suffix not in (".pt", ".safetensors", ".toml") or Path(text).suffix in redaction.text(text)


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from(STARTS))
def test_no_part_of_a_path_comes_through(names: list[str], start: str) -> None:
    for text in (f"{start}{'/'.join(names)}", f"Could not write {start}{'/'.join(names)}: No space left."):
        said = Redaction().text(text)
        assert not [name for name in names if name in said], said


def test_the_person_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    monkeypatch.setattr(platform, "node", lambda: "annas-laptop")
    assert Redaction().text("anna's disk on annas-laptop, hannah") == "someone's disk on someone, hannah"


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


QUOTED = 'Tante "Hilde" Schmitz, 80. Geburtstag.jpg'


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        QUOTED,
        f"Could not read {QUOTED}: no space",
        f'Could not read /media/DISK/Tante "Hilde" Schmitz/A/{QUOTED}: no space',
        f"'{QUOTED}' and \"{QUOTED}\"",
        f'could not open "/srv/Schmitz "Tante" Hilde/{QUOTED}", then left',
        f'{{"message": "no {QUOTED}'.replace('"Hilde"', '\\"Hilde\\"'),
        '/srv/Tante "Hilde"/x',
        '"Hilde" Schmitz.jpg is gone',
        'Tante "Hilde.jpg and Tante 12" Hilde.jpg',
    ],
)
def test_quotes_in_a_name_are_part_of_it(text: str, known: bool) -> None:
    redaction = Redaction([QUOTED] if known else [])
    for said in (redaction.text(text), redaction.lines(json.dumps({"message": text})), redaction.lines(text)):
        assert not [part for part in ("Hilde", "Tante", "Schmitz", "Geburtstag") if part in said], said


def test_a_quote_ends_what_it_began() -> None:
    redaction = Redaction()
    said = redaction.text(
        'between "first.jpg" and "second.jpg", also "/srv/x/y.py", line 7, and "/srv/z" "/srv/w", too'
    )
    parts = re.sub("(photo|file|folder)-[0-9a-f]{8}", "N", said)
    assert parts == 'between "N" and "N", also "/srv/N/N.py", line 7, and "/srv/N" "/srv/N", too'
