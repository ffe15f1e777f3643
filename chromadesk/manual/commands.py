"""The reference of every command, made of what each says with --help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from chromadesk.manual.tables import code, plain, table

#: What stands behind a parameter's help: "[default: 5; x>=1]", "[required]".
_NOTES = re.compile(r"\s*\[((?:required|default:|[x\d.]+<?[<>]=?)[^\[\]]*)\]$")
#: Behind a parameter's name, where it has no name for its value: "--k <int>".
_KIND = re.compile(r" <(?:list\[)?([a-z]+)(?: range)?\]?>", re.IGNORECASE)
_VALUES = {"path": "PATH", "str": "TEXT", "int": "NUMBER", "float": "NUMBER"}


def markdown() -> str:
    """A chapter per command: what it does, how it is called, what it takes."""
    return "\n".join(_chapter(context, command) for context, command in walk())


def walk() -> Iterator[tuple[Any, Any]]:
    """(context, command) of every command, in the order of the help; a group of commands before its own.

    Typer brings its own copy of Click, whose classes have no public names.
    """
    from chromadesk.cli import app

    root = typer.main.get_command(app)
    yield from _below(root.context_class(root, info_name="chromadesk"), root)


def _below(context: Any, command: Any) -> Iterator[tuple[Any, Any]]:
    for name, each in getattr(command, "commands", {}).items():
        under = command.context_class(each, info_name=name, parent=context)
        yield under, each
        yield from _below(under, each)


def _chapter(context: Any, command: Any) -> str:
    parameters = [_parameter(each.get_help_record(context)) for each in command.params if not each.hidden]
    arguments = [_argument(each.get_help_record(context)[0]) for each in command.params if _is_argument(each)]
    needed = [
        flags.rpartition(", ")[2].replace(", ", " ")
        for (flags, _, default), each in zip(parameters, command.params, strict=True)
        if default == "required" and not _is_argument(each)
    ]
    more = ["COMMAND"] if getattr(command, "commands", {}) and not command.invoke_without_command else []
    free = ["[OPTIONS]"] if len(needed) < len(parameters) - len(arguments) else []
    usage = " ".join([context.command_path, *arguments, *needed, *free, *more])
    lines = [f"## {context.command_path}", "", *_paragraphs(command.help), "", "```text", usage, "```", ""]
    if parameters:
        rows = [(code(flags), plain(help_text), plain(default)) for flags, help_text, default in parameters]
        lines.append(table(("Argument or option", "What it does", "Default"), rows))
    return "\n".join(lines)


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _argument(flags: str) -> str:
    return _KIND.sub("", flags)


def _paragraphs(help_text: str | None) -> list[str]:
    return [plain(part) if part else "" for part in (help_text or "").split("\n")]


def _parameter(record: tuple[str, str]) -> tuple[str, str, str]:
    """How it is written, what it does, its default ("required" where it has none)."""
    flags, said = record
    found = _NOTES.search(said)
    default = ""
    if found:
        said = said[: found.start()]
        for note in found[1].split("; "):
            if note.startswith("default: "):
                default = note.removeprefix("default: ")
            elif note == "required":
                default = note
            else:
                said = f"{said} ({note})"
    if flags.startswith("-"):
        flags = _KIND.sub(lambda kind: " " + _VALUES[kind[1].lower()], flags)
    else:
        flags = _argument(flags)
    return flags, said.strip(), default
