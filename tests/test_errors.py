"""The error tree is the one its docstring draws, and each leaf carries the exit code scripts rely on."""

from __future__ import annotations

import inspect
import re

from chromadesk import errors


def every_error() -> dict[str, type[errors.ChromaDeskError]]:
    return {
        name: kind
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.ChromaDeskError)
    }


def test_the_docstring_draws_the_tree() -> None:
    drawn = re.findall(r"^ {4}((?:│   )*(?:├── |└── )?)(\w+)", errors.__doc__ or "", re.MULTILINE)
    parents: list[str] = []
    for lead, name in drawn:
        depth = len(lead) // 4
        del parents[depth:]
        if parents:
            assert every_error()[name].__base__ is every_error()[parents[-1]]
        parents.append(name)
    assert {name for _, name in drawn} == set(every_error())


def test_exit_codes() -> None:
    codes = {name: kind.exit_code for name, kind in every_error().items()}
    bad_input = {"InputError", "ImageError", "MaskError", "DatasetError", "ModelError", "PretrainedError", "JobError"}
    bad_input |= {"StorageError", "SwatchError", "ChangedElsewhere"}
    assert {name for name, code in codes.items() if code == 2} == bad_input
    assert {name for name, code in codes.items() if code == 1} == {"ChromaDeskError", "Cancelled"}


def test_the_text_is_the_sentence() -> None:
    assert str(errors.MaskError("m.png is empty; paint it again.")) == "m.png is empty; paint it again."
