"""Which trainings a benchmark takes."""

from __future__ import annotations

from typing import Any

import pytest

from chromadesk.bench import plan
from chromadesk.bench.plan import Settings, parse_models, runs, timed
from chromadesk.bench.published import TABLES
from chromadesk.errors import InputError


def settings(text: str | None = None, **changes: Any) -> Settings:
    models = {} if text is None else {"models": parse_models(text)}
    return Settings("d", "o", **{"claims": "", **models, **changes})


def test_all_of_the_paper_s_rows_are_run_once() -> None:
    names = [run.name for run in runs(settings(claims="fcn1s"))]
    assert len(names) == len(set(names))
    assert {row.run for table in TABLES for row in table.rows} <= set(names)
    assert names[-2:] == ["fcn1s-vanilla-fp32", "fcn1s-vanilla-raw"]


def test_both_losses_where_the_paper_compares_them_and_our_own_recipe_for_ours() -> None:
    found = [(run.name, run.loss) for run in runs(settings("fcn1s,unet2,pix2pix,chromanet,deeplabv3"))]
    assert found == [
        ("fcn1s-vanilla", "vanilla"),
        ("fcn1s-weighted", "weighted"),
        ("unet2-vanilla", "vanilla"),
        ("pix2pix-gan", "gan"),
        ("chromanet-dice", "dice"),
        ("deeplabv3-weighted", "weighted"),
    ]


def test_pix2pix_is_always_timed() -> None:
    assert [name for name, _ in timed(settings("fcn8s,fcn1s,unet6"))] == ["pix2pix", "fcn1s", "unet6"]
    assert [name for name, _ in timed(settings("lraspp,pix2pix,chromanet"))] == ["lraspp", "pix2pix", "chromanet"]


def test_parameters_stand_behind_colons() -> None:
    assert parse_models("fcn1s, deeplabv3plus:encoder=lite0,unet:depth=5:width=8") == (
        ("fcn1s", {}),
        ("deeplabv3plus", {"encoder": "lite0"}),
        ("unet", {"depth": 5, "width": 8}),
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "resnet"}, "no architecture called 'resnet'"),
        ({"text": "unet1:5"}, "write NAME=VALUE"),
        ({"text": "unet1:colour=5"}, "no parameter colour"),
        ({"text": ","}, "No network"),
        ({"text": "fcn1s,fcn1s"}, "named twice"),
        ({"text": "unet1", "claims": "fcn1s"}, "not among them"),
        ({"photos": 3}, "At least 4"),
        ({"epochs": 0}, "Epochs"),
        ({"size": (4, 4)}, "size"),
    ],
)
def test_unfit_settings_are_refused_before_anything_runs(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        settings(**changes)


def test_the_plan_needs_no_torch_of_its_own() -> None:
    assert not hasattr(plan, "torch")
