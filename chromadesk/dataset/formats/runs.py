"""Binary planes as run lengths: COCO's way (columns first, packed into letters) and Label Studio's (bits).

COCO's as pycocotools writes it; Label Studio's is thi.ng's rle-pack over the four channels of a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]

#: How many bits the length of a run may take, by the two bits before it: Label Studio's own choice.
_SIZES = (3, 4, 8, 16)
_CHANNELS = 4


class Broken(ValueError):
    """What is no run-length code of such a plane; the text says why."""


def lengths(flat: Bools) -> npt.NDArray[np.int64]:
    """Lengths of the runs of a flat array, the first of which is false (and so may be 0)."""
    ends = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    bounds = np.concatenate(([0], ends, [flat.size]))
    runs = np.diff(bounds)
    return np.concatenate(([0], runs)) if flat.size and flat[0] else runs


def plane(counts: Sequence[int], size: tuple[int, int]) -> Bools:
    """The (height, width) plane of COCO's run lengths. Raises Broken."""
    if not all(type(count) is int and count >= 0 for count in counts):
        raise Broken("its run lengths are no whole numbers from 0 on")
    if sum(counts) != size[0] * size[1]:
        raise Broken(f"its runs cover {sum(counts):,} pixels, not {size[1]} x {size[0]}")
    values = np.arange(len(counts)) % 2 == 1
    return np.ascontiguousarray(np.repeat(values, counts).reshape(size[1], size[0]).T)


def to_coco(mask: Bools) -> str:
    """An (H, W) plane as COCO's compressed counts."""
    counts = lengths(np.ascontiguousarray(mask.T).ravel()).tolist()
    letters = []
    for number, count in enumerate(counts):
        left = count - counts[number - 2] if number > 2 else count
        while True:
            low, left = left & 31, left >> 5
            more = left != (-1 if low & 16 else 0)
            letters.append(chr((low | 32 if more else low) + 48))
            if not more:
                break
    return "".join(letters)


def from_coco(text: str) -> list[int]:
    """COCO's compressed counts as numbers. Raises Broken."""
    counts: list[int] = []
    value = shift = 0
    for letter in text:
        code = ord(letter) - 48
        if not 0 <= code < 64 or shift > 35:
            raise Broken("its run lengths are not in COCO's letters")
        value |= (code & 31) << shift
        shift += 5
        if code & 32:
            continue
        if code & 16:
            value -= 1 << shift
        counts.append(value + counts[-2] if len(counts) > 2 else value)
        value = shift = 0
    if shift:
        raise Broken("its run lengths end in the middle of one")
    return counts


def to_label_studio(mask: Bools) -> list[int]:
    """An (H, W) plane as the bytes of Label Studio's brush: a picture of four channels, 0 or 255."""
    flat = mask.ravel()
    bits = [f"{flat.size * _CHANNELS:032b}", f"{8 - 1:05b}", *(f"{size - 1:04b}" for size in _SIZES)]
    value = False
    for run in (lengths(flat) * _CHANNELS).tolist():
        left = run
        while left:
            part = min(left, 1 << _SIZES[-1])
            kind = next(number for number, size in enumerate(_SIZES) if part <= 1 << size)
            bits.append(f"1{kind:02b}{part - 1:0{_SIZES[kind]}b}{'1' * 8 if value else '0' * 8}")
            left -= part
        value = not value
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return list(int(text, 2).to_bytes(len(text) // 8, "big"))


def from_label_studio(code: Iterable[object], size: tuple[int, int]) -> Bools:
    """The (height, width) plane of a Label Studio brush: true where alpha is more than half. Raises Broken."""
    numbers = list(code)
    if not all(isinstance(number, int) and 0 <= number < 256 for number in numbers):
        raise Broken("its brush is no list of bytes")
    bits = _Bits(bytes(numbers))  # type: ignore[arg-type]
    total = size[0] * size[1] * _CHANNELS
    if (found := bits.take(32)) != total:
        raise Broken(f"its brush has {found:,} values, not {_CHANNELS} for each of {size[1]} x {size[0]} pixels")
    word = bits.take(5) + 1
    sizes = [bits.take(4) + 1 for _ in range(4)]
    if word != 8:
        raise Broken(f"its brush has values of {word} bits, not 8")
    parts: list[npt.NDArray[np.uint8]] = []
    done = 0
    while done < total:
        alike = bits.take(1)
        count = bits.take(sizes[bits.take(2)]) + 1
        if done + count > total:
            raise Broken("its brush runs over its end")
        parts.append(np.full(count, bits.take(8), np.uint8) if alike else bits.bytes(count))
        done += count
    return np.concatenate(parts)[_CHANNELS - 1 :: _CHANNELS].reshape(size) >= 128


class _Bits:
    """Reads bits, the highest of a byte first; raises Broken at the end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def take(self, count: int) -> int:
        """The next ``count`` bits as a number."""
        end = self._place + count
        if end > 8 * len(self._data):
            raise Broken("its brush was cut short")
        first, last = self._place // 8, (end + 7) // 8
        number = int.from_bytes(self._data[first:last], "big") >> (8 * last - end)
        self._place = end
        return number & ((1 << count) - 1)

    def bytes(self, count: int) -> npt.NDArray[np.uint8]:
        """The next ``count`` bytes, wherever they begin."""
        return np.frombuffer(self.take(8 * count).to_bytes(count, "big"), np.uint8)
