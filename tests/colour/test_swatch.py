"""What a swatch says of its colour."""

from __future__ import annotations

from chromadesk.colour.swatch import of_rgb


def test_it_carries_its_munsell_notation_into_files() -> None:
    assert of_rgb((200, 30, 40)).munsell == "6.7R 4.2/15.0"
    assert of_rgb((200, 30, 40)).to_json()["munsell"] == "6.7R 4.2/15.0"
    assert of_rgb((128, 128, 128)).munsell.startswith("N 5.")
