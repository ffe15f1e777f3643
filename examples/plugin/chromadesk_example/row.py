"""The network's row in ChromaDesk's table. The studio reads it, so nothing here may import torch."""

from chromadesk.models.registry import Architecture, Recipe

ROW = Architecture(
    name="plain5",
    title="Plain5",
    description="five convolutions and nothing else; an example",
    factory="chromadesk_example.network:Plain5",
    recipe=Recipe(epochs=10, lr=1e-3),
    parameters={"width": 16},
    bounds={"width": (1, 256)},
)
