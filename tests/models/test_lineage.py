from __future__ import annotations

from chromadesk.models.lineage import Node, in_order, tree


def drawn(nodes: list[Node[str]]) -> list[object]:
    return [[node.name if node.what else f"({node.name})", *drawn(node.children)] for node in nodes]


def models(*pairs: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(name, parent, name) for name, parent in pairs]


def test_fine_tunes_stand_below_what_they_were_made_from() -> None:
    roots = tree(models(("a", ""), ("other", ""), ("a-v2", "a"), ("a-v3", "a-v2"), ("a-v4", "a")))
    assert drawn(roots) == [["a", ["a-v2", ["a-v3"]], ["a-v4"]], ["other"]]
    assert in_order(roots) == [(0, "a"), (1, "a-v2"), (2, "a-v3"), (1, "a-v4"), (0, "other")]


def test_a_parent_that_is_gone_keeps_its_name_and_takes_no_line() -> None:
    roots = tree(models(("a", "gone"), ("b", "gone"), ("c", "b")))
    assert drawn(roots) == [["(gone)", ["a"], ["b", ["c"]]]]
    assert in_order(roots) == [(0, "a"), (0, "b"), (1, "c")]


def test_circles_end() -> None:
    roots = tree(models(("a", "c"), ("b", "a"), ("c", "b"), ("self", "self"), ("d", "c")))
    assert drawn(roots) == [["a", ["b", ["c", ["d"]]]], ["self"]]
    assert sorted(what for _, what in in_order(roots)) == ["a", "b", "c", "d", "self"]


def test_two_of_one_name_are_both_there() -> None:
    roots = tree([("a", "", "bundled"), ("a", "a", "own"), ("b", "a", "b")])
    assert sorted(what for _, what in in_order(roots)) == ["b", "bundled", "own"]


def test_a_long_line_is_no_burden() -> None:
    roots = tree(models(*((str(number), str(number - 1) if number else "") for number in range(2000))))
    assert in_order(roots)[-1] == (1999, "1999")
