"""How this person has colours read: kept where it differs from the usual."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from chromadesk import settings
from chromadesk.colour.palette import Settings

#: The least and most of each number.
K, MERGE, BORDER = (2, 12), (0.0, 20.0), (0.0, 20.0)


def kept_settings() -> Settings:
    """The settings as this person keeps them; the usual ones where nothing sensible is kept."""
    said = settings.get("colours")
    usual = Settings()
    bounds = {"k": K, "merge": MERGE, "border": BORDER}
    values: dict[str, Any] = {}
    for field in fields(Settings):
        value = said.get(field.name, getattr(usual, field.name))
        if field.name in ("highlights", "shadows"):
            sensible = isinstance(value, bool)
        else:
            least, most = bounds[field.name]
            number = isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most
            sensible = number or (field.name == "k" and value is None)
        values[field.name] = value if sensible else getattr(usual, field.name)
    return Settings(**values)


def keep_settings(chosen: Settings) -> None:
    """Keep what differs from the usual. Raises StorageError."""
    usual = asdict(Settings())
    settings.put("colours", {name: value for name, value in asdict(chosen).items() if value != usual[name]})
