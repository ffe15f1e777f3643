"""A network of OpenVINO's in 8-bit integers: its convolutions, their weights by channel, their inputs as was measured.

What stands between is left to OpenVINO, which keeps integers where it can. Needs no quantisation tool.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import openvino
from openvino import opset13

from chromadesk.errors import ModelError
from chromadesk.inference.ranges import Ranges

#: Their kinds, and over which axes of the weights a channel extends.
_CONVOLUTIONS = {"Convolution": (1, 2, 3), "GroupConvolution": (2, 3, 4)}
#: What of a convolution's input may lie beyond its range at either end, per cent: single numbers must not stretch it.
_BEYOND = 0.005


@functools.cache
def core() -> openvino.Core:
    """OpenVINO itself, of which a process has one as long as it lives.

    It gives the thread that first compiles for the CPU a stack for signals, and takes it away with the last model, in
    whichever thread that goes: Ctrl+C would then find no stack, and end the process by a fault.
    """
    return openvino.Core()


def quantise(model: openvino.Model, ranges: Ranges) -> None:
    """Have the convolutions of ``model`` computed in integers. Raises ModelError where ``ranges`` are another's."""
    for name, convolution in _convolutions(model).items():
        found = ranges.of.get(name)
        if found is None:
            raise ModelError("What was measured for int8 is of another network; choose another precision.")
        low, high = (np.full((1, 1, 1, 1), end, np.float32) for end in found)
        _insert(convolution, 0, low, high, 256)
        weights = convolution.input_value(1)
        largest = np.abs(_values(weights)).max(axis=_CONVOLUTIONS[convolution.get_type_name()], keepdims=True)
        largest = np.maximum(largest, 1e-8).astype(np.float32)
        _insert(convolution, 1, -largest, largest, 255)
    model.validate_nodes_and_infer_types()


def measure(model: openvino.Model, photos: Iterable[npt.NDArray[np.uint8]]) -> dict[str, tuple[float, float]]:
    """The ranges of each convolution's input, by its name, over ``photos``, (N, H, W, 3) as the model takes them."""
    telling = model.clone()
    convolutions = _convolutions(telling)
    names, before = list(convolutions), len(telling.outputs)
    telling.add_outputs([each.input_value(0) for each in convolutions.values()])
    compiled = core().compile_model(telling, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    lows: dict[str, list[float]] = {name: [] for name in names}
    highs: dict[str, list[float]] = {name: [] for name in names}
    for photo in photos:
        seen = compiled(photo)
        for index, name in enumerate(names):
            low, high = np.percentile(seen[before + index], (_BEYOND, 100 - _BEYOND))
            lows[name].append(min(float(low), 0.0))
            highs[name].append(max(float(high), 1e-6))
    return {name: (float(np.mean(lows[name])), float(np.mean(highs[name]))) for name in names}


def _convolutions(model: openvino.Model) -> dict[str, Any]:
    """By place and shape: OpenVINO gives some of them another name each time."""
    found = [each for each in model.get_ordered_ops() if each.get_type_name() in _CONVOLUTIONS]
    return {
        f"{place} {'x'.join(str(int(side)) for side in each.input_value(1).get_shape())}": each
        for place, each in enumerate(found)
    }


def _insert(node: Any, place: int, low: npt.NDArray[np.float32], high: npt.NDArray[np.float32], levels: int) -> None:
    """Round what goes into ``node`` at ``place`` to so many levels from ``low`` to ``high``."""
    ends = [opset13.constant(end) for end in (low, high, low, high)]
    rounded = opset13.fake_quantize(node.input_value(place), *ends, levels=levels)
    node.input(place).replace_source_output(rounded.output(0))


def _values(output: Any) -> npt.NDArray[np.float32]:
    """The constant behind ``output``, in its shape; conversions only change how it is written."""
    node, shape = output.get_node(), [int(side) for side in output.get_shape()]
    while node.get_type_name() != "Constant":
        node = node.input_value(0).get_node()
    return np.array(node.get_data(), np.float32).reshape(shape)
