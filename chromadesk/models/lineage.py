"""Who was fine-tuned from whom. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Node(Generic[T]):
    """A model and what became of it. ``what`` is None for a parent that is only known by name."""

    name: str
    what: T | None
    children: list[Node[T]] = field(default_factory=list)


def tree(models: Sequence[tuple[str, str, T]]) -> list[Node[T]]:
    """The roots of ``models``, which are (name, parent's name or empty, what it is), in their order.

    A parent that is not among them becomes a root without ``what``. Where parents go round in a circle, as only
    hand-made files can say, the first of them is a root.
    """
    nodes = [Node(name, what) for name, _, what in models]
    by_name: dict[str, int] = {}
    for place, (name, _, _) in enumerate(models):
        by_name.setdefault(name, place)
    parents = [_parent(place, name, by_name) for place, (_, name, _) in enumerate(models)]
    roots: list[Node[T]] = []
    missing: dict[str, Node[T]] = {}
    for place, (_, wanted, _) in enumerate(models):
        parent = parents[place]
        if parent is not None and _reaches(place, parents):
            parent = parents[place] = None
            wanted = ""
        if parent is not None:
            nodes[parent].children.append(nodes[place])
        elif wanted and wanted not in by_name:
            if wanted not in missing:
                missing[wanted] = Node(wanted, None)
                roots.append(missing[wanted])
            missing[wanted].children.append(nodes[place])
        else:
            roots.append(nodes[place])
    return roots


def in_order(roots: Sequence[Node[T]]) -> list[tuple[int, T]]:
    """(depth, what) of every model, children below their parent; a missing parent takes no line and no depth."""
    found: list[tuple[int, T]] = []
    pending = [(0, root) for root in reversed(roots)]
    while pending:
        depth, node = pending.pop()
        if node.what is not None:
            found.append((depth, node.what))
            depth += 1
        pending += [(depth, child) for child in reversed(node.children)]
    return found


def _parent(place: int, wanted: str, by_name: dict[str, int]) -> int | None:
    parent = by_name.get(wanted) if wanted else None
    return None if parent == place else parent


def _reaches(place: int, parents: list[int | None]) -> bool:
    """Whether going up from ``place`` leads back to it."""
    seen = {place}
    at = parents[place]
    while at is not None and at not in seen:
        seen.add(at)
        at = parents[at]
    return at == place
