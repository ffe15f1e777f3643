"""ONNX models as other programs write them, and as nobody should; made of single operators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Side = int | str


def model(
    nodes: list[onnx.NodeProto],
    constants: dict[str, np.ndarray[Any, Any]],
    taken: Sequence[Side] = ("n", 3, "h", "w"),
    given: Sequence[Side] | None = ("n", 4, "h", "w"),
    kinds: tuple[int, int] = (TensorProto.FLOAT, TensorProto.FLOAT),
) -> bytes:
    """The file of a network from ``x`` to ``y``."""
    graph = helper.make_graph(
        nodes,
        "stranger",
        [helper.make_tensor_value_info("x", kinds[0], taken)],
        [helper.make_tensor_value_info("y", kinds[1], given)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(made.SerializeToString())


def by_colour(
    labels: Sequence[tuple[float, float, float]],
    taken: Sequence[Side] = ("n", 3, "h", "w"),
    given: Sequence[Side] | None = None,
    coarse: int = 1,
) -> bytes:
    """A network whose labels are the colours (0..1) nearest to a pixel's, at every ``coarse``-th pixel."""
    colours = np.array(labels, np.float32)
    weights, bias = 80 * colours[:, :, None, None], -40 * (colours**2).sum(axis=1)
    steps = [coarse, coarse]
    nodes = [helper.make_node("Conv", ["x", "weights", "bias"], ["y"], strides=steps, kernel_shape=[1, 1])]
    given = given or ("n", len(labels), "rows", "columns")
    return model(nodes, {"weights": weights, "bias": bias.astype(np.float32)}, taken, given)


def swelling(numbers: int) -> bytes:
    """A file of some hundred bytes that asks for so many numbers when it runs."""
    one = helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0])
    nodes = [
        helper.make_node("ConstantOfShape", ["shape"], ["many"], value=one),
        helper.make_node("ReduceSum", ["many"], ["sum"], keepdims=0),
        helper.make_node("Conv", ["x", "weights"], ["seen"], kernel_shape=[1, 1]),
        helper.make_node("Add", ["seen", "sum"], ["y"]),
    ]
    weights = np.ones((5, 3, 1, 1), np.float32)
    return model(nodes, {"shape": np.array([numbers], np.int64), "weights": weights}, given=("n", 5, "h", "w"))


def no_numbers() -> bytes:
    """A network that answers with NaN."""
    nodes = [
        helper.make_node("Conv", ["x", "weights"], ["seen"], kernel_shape=[1, 1]),
        helper.make_node("Div", ["seen", "nothing"], ["y"]),
    ]
    zeros = np.zeros((5, 3, 1, 1), np.float32)
    return model(nodes, {"weights": zeros, "nothing": np.zeros(1, np.float32)}, given=("n", 5, "h", "w"))


def elsewhere(place: str) -> bytes:
    """A network whose weights lie in the file ``place``."""
    made = onnx.load_from_string(by_colour([(0, 0, 0)] * 5))
    tensor = made.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", place), ("offset", "0"), ("length", "60")):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    return bytes(made.SerializeToString())
