"""The guide walked from top to bottom: every command in it is one that there is, and (slowly) does what it says.

A block of commands is run unless a comment above it says why not: ``<!-- not run: opens a window -->``. What
"First steps" makes is there for all other pages; each has a folder of its own.
"""

from __future__ import annotations

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chromadesk import samples
from chromadesk.manual import commands, pages

ROOT = Path(__file__).parents[2]
FIRST = "first-steps"
_BLOCK = re.compile(r"^(?:<!-- not run: ([^\n]+) -->\n)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MENTIONED = re.compile(r"`(chromadesk [^`]+)`")
#: What stands for a command or a file of the reader's, in running text.
_STANDS_FOR = {"COMMAND"}


@dataclass(frozen=True)
class Block:
    """Commands of a page, and why they are not run, if so."""

    page: str
    language: str
    text: str
    why_not: str

    @property
    def script(self) -> str:
        """The lines behind the prompt; all lines of Python."""
        if self.language == "python":
            return self.text
        return "\n".join(line.removeprefix("$ ") for line in self.text.splitlines() if line.startswith("$ "))


def blocks(page: str) -> list[Block]:
    written = (pages.folder() / f"{page}.md").read_text(encoding="utf-8")
    return [Block(page, language, text, why or "") for why, language, text in _BLOCK.findall(written)]


def lines() -> list[tuple[str, str]]:
    """(page, command line) of everything that calls chromadesk."""
    found = [(page, line) for page in pages.NAMES for block in blocks(page) for line in block.script.splitlines()]
    return [(page, line) for page, line in found if line.startswith("chromadesk ")]


@pytest.mark.parametrize("page", pages.NAMES)
def test_commands_stand_in_blocks_that_are_run(page: str) -> None:
    for block in blocks(page):
        assert block.language in ("console", "python", "text", "toml"), block
        assert block.language != "console" or block.script.count("\n") + 1 == len(block.text.splitlines()), block
        assert not block.why_not or block.language in ("console", "python")


@functools.cache
def known() -> dict[str, tuple[Any, Any]]:
    """The context and the command of each name."""
    return {context.command_path: (context, command) for context, command in commands.walk()}


def called(words: list[str]) -> str:
    """The name of the command that a line calls; empty where there is none."""
    return max((name for name in known() if words[: len(name.split())] == name.split()), key=len, default="")


@pytest.mark.parametrize(("page", "line"), lines())
def test_every_command_line_is_understood(page: str, line: str) -> None:
    words = shlex.split(line)
    path = called(words)
    context, command = known()[path]
    command.make_context(context.info_name, words[len(path.split()) :], parent=context.parent)


@pytest.mark.parametrize("page", pages.NAMES)
def test_commands_in_running_text_are_there(page: str) -> None:
    for mentioned in _MENTIONED.findall((pages.folder() / f"{page}.md").read_text(encoding="utf-8")):
        words = mentioned.split()
        if words[1] in _STANDS_FOR:
            continue
        path = called(words)
        assert path, mentioned
        _, command = known()[path]
        flags = {flag for parameter in command.params for flag in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= flags | {"--help"}, mentioned


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the first steps were gone."""
    if not samples.available():
        pytest.skip(samples.MISSING)
    folder = tmp_path_factory.mktemp("guide")
    walk(FIRST, folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in pages.NAMES if any(not each.why_not for each in blocks(page))])
def test_a_page_does_what_it_says(page: str, begun: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a reader's folder"
    shutil.copytree(begun, folder)
    if page != FIRST:
        walk(page, folder)


def walk(page: str, folder: Path) -> None:
    """Run a page's blocks one after the other in ``folder``, as a reader with a home of its own."""
    programs = folder.parent / "bin"
    programs.mkdir(exist_ok=True)
    program = programs / "chromadesk"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m chromadesk "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"]))
    for block in blocks(page):
        if block.why_not or block.language not in ("console", "python"):
            continue
        shell = [sys.executable, "-c"] if block.language == "python" else ["bash", "-e", "-c"]
        done = subprocess.run(
            [*shell, block.script],
            cwd=folder,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(folder.parent)},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, f"{page}:\n{block.script}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
