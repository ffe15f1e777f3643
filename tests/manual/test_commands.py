"""The reference has every command and option there is, as each says itself."""

from __future__ import annotations

import re

from chromadesk.manual import commands


def test_it_has_every_command_with_every_option() -> None:
    chapters = dict(
        re.findall(r"^## (chromadesk .*?)\n(.*?)(?=^## |\Z)", commands.markdown(), re.MULTILINE | re.DOTALL)
    )
    walked = list(commands.walk())
    assert list(chapters) == [context.command_path for context, _ in walked]
    assert {"chromadesk segment", "chromadesk benchmark paper", "chromadesk models import"} <= set(chapters)
    for context, command in walked:
        for parameter in command.params:
            if parameter.param_type_name == "option":
                for flag in (*parameter.opts, *parameter.secondary_opts):
                    assert flag in chapters[context.command_path], (context.command_path, flag)


def test_a_chapter_says_how_it_is_called() -> None:
    text = commands.markdown()
    assert "\nchromadesk segment PATHS... --out DIR [OPTIONS]\n" in text
    assert "\nchromadesk benchmark COMMAND\n" in text
    assert "| `--batch NUMBER` | Photos a step. | 8 |" in text
    assert "| `--out DIR` | The masks' folder: DIR/\\<stem\\>.png. | required |" in text
    assert "(x\\>=1)" in text
    assert "[default" not in text
