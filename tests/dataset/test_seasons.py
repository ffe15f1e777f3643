"""Seasons are found however they are spelt, not found in words that only look so, and stand in the shops' order."""

from __future__ import annotations

import datetime

import pytest

from chromadesk.dataset import seasons


@pytest.mark.parametrize(
    ("name", "season", "rest"),
    [
        ("SS24", "SS 2024", ""),
        ("gucci_ss-24_look12", "SS 2024", "gucci look12"),
        ("AW2023", "AW 2023", ""),
        ("FW23", "AW 2023", ""),
        ("f/w 23", "AW 2023", ""),
        ("A/W 2023-24", "AW 2023", ""),
        ("2023/24 AW", "AW 2023", ""),
        ("spring 2024", "SS 2024", ""),
        ("Spring-Summer 2024", "SS 2024", ""),
        ("Prada Spring Summer 1998", "SS 1998", "Prada"),
        ("winter 2019", "AW 2019", ""),
        ("Autumn and Winter '21", "AW 2021", ""),
        ("Resort 2025", "Resort 2025", ""),
        ("Cruise25", "Resort 2025", ""),
        ("Pre-Fall 2024", "Pre-Fall 2024", ""),
        ("prefall24", "Pre-Fall 2024", ""),
        ("2024_SS", "SS 2024", ""),
        ("s/s 99", "SS 1999", ""),
        ("dress24", "", "dress24"),
        ("pass2024", "", "pass2024"),
        ("IMG_2024", "", "IMG_2024"),
        ("fw1900012", "", "fw1900012"),
        ("springfield", "", "springfield"),
        ("", "", ""),
    ],
)
def test_names(name: str, season: str, rest: str) -> None:
    assert seasons.find(name) == (season, rest)


def test_dates_are_of_the_season_that_is_worn() -> None:
    assert seasons.of_date(datetime.date(2024, 3, 1)) == "SS 2024"
    assert seasons.of_date(datetime.date(2024, 8, 31)) == "SS 2024"
    assert seasons.of_date(datetime.date(2024, 9, 1)) == "AW 2024"
    assert seasons.of_date(datetime.date(2025, 2, 28)) == "AW 2024"


def test_order_is_that_of_the_shops() -> None:
    right = ["AW 2023", "Resort 2024", "SS 2024", "Pre-Fall 2024", "AW 2024"]
    wrong = ["AW 2024", "SS 2024", "AW 2023", "Pre-Fall 2024", "Resort 2024"]
    assert sorted(wrong, key=lambda season: seasons.order(season) or (0, 0)) == right
    assert seasons.order("Gucci") is None
