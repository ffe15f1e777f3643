"""Photos that are broken, forged or bombs: every one made anew from its seed."""

from __future__ import annotations

import functools
import io
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageCms, PngImagePlugin

from tests import dng
from tests.faults import hostile_tiff as tiff

Random = np.random.Generator
_HEIC = Path(__file__).parents[1] / "data" / "heic"


@dataclass(frozen=True)
class Case:
    """A file's name and bytes. ``fate``: "read" and "refused" where one of them must be, else empty."""

    name: str
    data: bytes
    fate: str = ""


def case(number: int) -> Case:
    """The photo of this number, the same every time."""
    random = np.random.default_rng([6, number])
    make = _MAKERS[number % len(_MAKERS)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow has its doubts on what is written here
        made = make(random)
    return Case(f"{number:04d}-{make.__name__.strip('_')}{made.name}", made.data, made.fate)


def picture(random: Random, height: int = 0, width: int = 0) -> Image.Image:
    """Soft noise of a size that is drawn unless given."""
    height, width = height or int(random.integers(8, 90)), width or int(random.integers(8, 90))
    return Image.fromarray(cv2.GaussianBlur(random.integers(0, 256, (height, width, 3), np.uint8), (3, 3), 0))


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """``image`` in a format of Pillow's."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


_SOUND: dict[str, Callable[[Random], bytes]] = {
    ".jpg": lambda r: saved(picture(r), "JPEG", quality=90),
    ".jpeg": lambda r: saved(picture(r), "JPEG", progressive=True, subsampling=2),
    ".png": lambda r: saved(picture(r), "PNG"),
    ".tif": lambda r: saved(
        picture(r), "TIFF", compression=str(r.choice(["raw", "tiff_lzw", "tiff_deflate", "jpeg", "packbits"]))
    ),
    ".webp": lambda r: saved(picture(r), "WEBP", lossless=bool(r.integers(2))),
    ".bmp": lambda r: saved(picture(r), "BMP"),
    ".gif": lambda r: saved(picture(r), "GIF", save_all=True, append_images=[picture(r), picture(r)]),
    ".mpo": lambda r: saved(picture(r), "MPO", save_all=True, append_images=[picture(r)]),
    ".avif": lambda r: saved(picture(r, 64, 64), "AVIF", quality=50, speed=10),
    ".heic": lambda r: sorted(_HEIC.glob("*.heic"))[0].read_bytes(),
    ".dng": lambda r: dng.dng(r.random((32, 48, 3))),
}


def _sound(random: Random) -> tuple[str, bytes]:
    suffix = str(random.choice(list(_SOUND)))
    return suffix, _SOUND[suffix](random)


def _cut(random: Random) -> Case:
    suffix, data = _sound(random)
    return Case(
        suffix,
        data[: int(random.integers(0, len(data) * 0.9))],
        "" if suffix in (".dng", ".gif", ".mpo") else "refused",
    )


def _flipped(random: Random) -> Case:
    suffix, data = _sound(random)
    broken = np.frombuffer(data, np.uint8).copy()
    reach = len(data) if random.integers(2) else min(len(data), 400)
    places = random.integers(0, reach, int(random.integers(1, 20)))
    broken[places] = random.integers(0, 256, len(places))
    return Case(suffix, broken.tobytes())


def _spliced(random: Random) -> Case:
    """The head of one format on the body of another, or noise behind a head."""
    (suffix, head), (_, body) = _sound(random), _sound(random)
    at = int(random.integers(1, 200))
    return Case(suffix, head[:at] + (body[at:] if random.integers(2) else random.bytes(5000)))


def _whole(random: Random) -> Case:
    suffix, data = _sound(random)
    return Case(suffix, data, "read")


def _strip(random: Random) -> Case:
    """One pixel wide or high, as long as the format lets it be."""
    kind, suffix = [("PNG", ".png"), ("JPEG", ".jpg"), ("TIFF", ".tif"), ("BMP", ".bmp"), ("GIF", ".gif")][
        random.integers(5)
    ]
    size = (65_500, 1) if random.integers(2) else (1, 65_500)
    return Case(suffix, saved(Image.new("RGB", size, "red"), kind), "read")


def _mode(random: Random) -> Case:
    image = picture(random)
    grey = np.asarray(image.convert("L"))
    deep = np.asarray(image).astype(np.uint16) * 257
    clear = Image.merge("RGBA", (*image.split(), Image.fromarray(grey)))
    float_tiff = Image.fromarray(grey.astype(np.float32) * float(random.choice([1, 1e30, np.nan, -np.inf])))
    coded = lambda suffix, pixels: cv2.imencode(suffix, pixels)[1].tobytes()  # noqa: E731
    made: list[tuple[str, bytes, str]] = [
        (".png", saved(image.convert("P"), "PNG", transparency=bytes(range(256))), "read"),
        (".gif", saved(image.convert("P"), "GIF", transparency=3), "read"),
        (".png", saved(image.convert("1"), "PNG"), "read"),
        (".tif", saved(image.convert("1"), "TIFF", compression="group4"), "read"),
        (".tif", saved(float_tiff, "TIFF"), "refused"),
        (".tif", saved(Image.fromarray(grey.astype(np.int32)), "TIFF"), "refused"),
        (".jpg", saved(image.convert("CMYK"), "JPEG"), "read"),
        (".tif", saved(image.convert("CMYK"), "TIFF"), "read"),
        (".tif", saved(image.convert("LAB"), "TIFF"), "read"),
        (".png", saved(clear.convert("LA"), "PNG"), "read"),
        (".webp", saved(clear, "WEBP", save_all=True, append_images=[clear]), "read"),
        (".png", saved(clear, "PNG", save_all=True, append_images=[clear]), "read"),
        (".png", coded(".png", deep), "read"),
        (".tif", coded(".tif", deep), "read"),
        (".png", coded(".png", np.dstack([deep, deep[..., :1]])), "read"),
        (".png", coded(".png", deep[..., 0]), "read"),
        (".png", saved(image, "PNG", transparency=(1, 2, 3)), "read"),
    ]
    return Case(*made[random.integers(len(made))])


def _claim(random: Random) -> Case:
    """A header that promises far more than there is, or nothing."""
    width, height = [int(side) for side in random.choice([0, 1, 16_000, 30_000, 65_500, 0x7FFFFFFF], 2)]
    kind = random.integers(6)
    if kind == 0:
        return Case(".png", png(width, height, b""), "refused")
    if kind == 1:
        body = bytearray(saved(picture(random), "JPEG"))
        at = body.index(b"\xff\xc0")
        body[at + 5 : at + 9] = struct.pack(">HH", height & 0xFFFF, width & 0xFFFF)
        return Case(".jpg", bytes(body))
    if kind == 2:
        head = b"GIF89a" + struct.pack("<HHBBB", width & 0xFFFF, height & 0xFFFF, 0xF7, 0, 0) + random.bytes(768)
        frame = b"," + struct.pack("<HHHHB", 0, 0, height & 0xFFFF, width & 0xFFFF, 0) + b"\x08\x02\x01\x01\0;"
        return Case(".gif", head + frame)
    if kind == 3:
        body = bytearray(saved(picture(random), "BMP"))
        body[18:26] = struct.pack("<ii", width, int(random.choice([height, -height])))
        return Case(".bmp", bytes(body))
    if kind == 4:
        chunk = struct.pack("<I", 0x10) + (min(width, 16_383)).to_bytes(3, "little") + (
            min(height, 16_383)).to_bytes(3, "little")  # fmt: skip
        body = b"VP8X" + struct.pack("<I", len(chunk)) + chunk + saved(picture(random), "WEBP")[12:]
        return Case(".webp", b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body)
    body = bytearray(saved(picture(random, 64, 64), "AVIF", speed=10))
    at = body.index(b"ispe")
    body[at + 8 : at + 16] = struct.pack(">II", width, height)
    return Case(".avif", bytes(body))


def _bomb(random: Random) -> Case:
    """Honest to the last pixel, and a thousand times as large as its file."""
    kind = random.integers(6)
    if kind < 3:  # within the limit: read, and at no more than its pixels need
        return Case(".png", _large_png(int(kind)), "read")
    kind -= 2
    if kind == 1:
        return Case(".png", png(20_000, 10_000, bytes((20_000 // 8 + 1) * 10_000), depth=1, colour=0), "refused")
    if kind == 2:
        return Case(".webp", _large_webp(), "refused")
    return Case(".tif", tiff.bomb(100_000), "refused")


@functools.cache
def _large_png(kind: int) -> bytes:
    """96 megapixels of 1 bit, 96 of 8 bits a channel, 61 of 16."""
    width, height, depth, colour, row = [
        (12_000, 8_000, 1, 0, 1500), (12_000, 8_000, 8, 2, 36_000), (10_000, 6_100, 16, 2, 60_000)][kind]  # fmt: skip
    return png(width, height, bytes((row + 1) * height), depth, colour)


@functools.cache
def _large_webp() -> bytes:
    return saved(Image.new("RGB", (9_000, 8_000)), "WEBP", quality=1, method=0)


def _text_bomb(random: Random) -> Case:
    """Chunks that swell when they are unpacked, and long ones."""
    image, info = picture(random), PngImagePlugin.PngInfo()
    kind = random.integers(5)
    many = int(random.integers(2, 40))
    if kind == 0:
        info.add_itxt("XML:com.adobe.xmp", "0" * 30_000_000, zip=True)
    elif kind == 1:
        for number in range(many):
            info.add_text(f"k{number}", "0" * 3_000_000, zip=True)
    elif kind == 2:
        info.add(b"iCCP", b"icc\0\0" + zlib.compress(bytes(200_000_000)))
    elif kind == 3:
        info.add(b"eXIf", tiff.overlapping(3000, 40_000))
    else:
        info.add(b"iTXt", b"\xff" * int(random.integers(1, 3_000_000)))
    return Case(".png", saved(image, "PNG", pnginfo=info))


def _exif(random: Random) -> Case:
    """EXIF that goes round in circles, claims the moon, or is written over many segments."""
    block = tiff.exif(random)
    kind, suffix = [("JPEG", ".jpg"), ("WEBP", ".webp"), ("PNG", ".png"), ("AVIF", ".avif")][random.integers(4)]
    if kind == "JPEG" and random.integers(2):
        plain = saved(picture(random), "JPEG")
        block = (tiff.overlapping(5000, 60_000) + bytes(2_000_000))[:1_500_000]
        parts = [block[at : at + 65_000] for at in range(0, len(block), 65_000)]
        segments = b"".join(b"\xff\xe1" + struct.pack(">H", len(p) + 8) + b"Exif\0\0" + p for p in parts)
        return Case(".jpg", plain[:2] + segments + plain[2:])
    if kind == "AVIF":  # Pillow reads what it is to write, so a sound block keeps the place
        sound = struct.pack("<2sHIHI", b"II", 42, 8, 0, 0).ljust(len(block), b"U")
        plain = saved(picture(random, 64, 64), kind, exif=sound)
        assert plain.count(sound) == 1
        return Case(suffix, plain.replace(sound, block.ljust(len(sound), b"\0")))
    return Case(suffix, saved(picture(random, 64, 64), kind, exif=b"Exif\0\0" + block[:60_000]))


def _profile(random: Random) -> Case:
    """Colour profiles of noise, of bent curves and of tags that all claim the whole."""
    sound = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    kind = random.integers(4)
    if kind == 0:
        sound = bytearray(random.bytes(int(random.integers(1, 4000))))
    elif kind == 1:
        places = random.integers(0, len(sound), int(random.integers(1, 30)))
        for place in places:
            sound[place] = int(random.integers(256))
    elif kind == 2:
        sound[128:132] = struct.pack(">I", 1000)
        tags = b"".join(struct.pack(">4sII", b"r%03d" % n, 0, 3_000_000) for n in range(1000))
        sound = bytearray(sound[:132] + tags + bytes(3_000_000))
    else:
        sound[0:4] = struct.pack(">I", 0xFFFFFFFF)
    kind_of, suffix = [("JPEG", ".jpg"), ("PNG", ".png"), ("TIFF", ".tif"), ("WEBP", ".webp")][random.integers(4)]
    return Case(suffix, saved(picture(random), kind_of, icc_profile=bytes(sound)), "read")


def _forged(random: Random) -> Case:
    """Formats that are none of ours, under the name of one that is."""
    image = picture(random)
    script = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%touch canary) (w) file\n"
    made = [
        script,
        b"\xc5\xd0\xd3\xc6" + struct.pack("<III", 30, len(script), 0) + bytes(14) + script,
        b"%PDF-1.4\n1 0 obj\n",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="file:///etc/passwd"/></svg>',
        b"MZ" + random.bytes(500),
        b"\x7fELF" + random.bytes(500),
        b"PK\x03\x04" + random.bytes(500),
        b"8BPS\0\1" + random.bytes(500),
        random.bytes(2000),
        b"\0" * 2000,
        b"",
        *(saved(image, kind) for kind in ("PPM", "TGA", "PCX", "ICO", "SGI", "DDS", "PDF", "EPS", "JPEG2000", "IM")),
    ]
    suffix = str(random.choice([".jpg", ".png", ".tif", ".webp", ".gif", ".bmp", ".heic", ".avif", ".cr2", ".dng"]))
    return Case(suffix, made[random.integers(len(made))], "refused")


def _tiff(random: Random) -> Case:
    return Case(".tif", tiff.tiff(random))


def _jpeg(random: Random) -> Case:
    """Segments that JPEG knows and nobody writes: comments without end, scans by the thousand, tables of nonsense."""
    data = saved(picture(random), "JPEG", progressive=bool(random.integers(2)))
    kind = random.integers(5)
    if kind == 0:
        comment = b"\xff\xfe\xff\xff" + b"x" * 65_533
        return Case(".jpg", data[:2] + comment * 100 + data[2:], "read")
    if kind == 1:
        scan = data.index(b"\xff\xda")
        return Case(".jpg", data[:-2] + data[scan:-2] * 300 + data[-2:])
    if kind == 2:
        at = data.index(b"\xff\xc4")
        return Case(".jpg", data[:at] + b"\xff\xc4\x00\x13\x00" + random.bytes(16) + data[at:])
    if kind == 3:
        return Case(".jpg", data[:2] + b"\xff\xdd\0\4" + random.bytes(2) + data[2:])
    marker = bytes([0xFF, int(random.choice([0xC1, 0xC3, 0xC5, 0xC9, 0xCA, 0xCB]))])
    return Case(".jpg", data.replace(b"\xff\xc0", marker, 1).replace(b"\xff\xc2", marker, 1))


def png(width: int, height: int, rows: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG of this header whose unpacked pixels are ``rows``."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


_MAKERS = (_cut, _flipped, _spliced, _whole, _strip, _mode, _claim, _bomb, _text_bomb, _exif, _profile, _forged, _tiff,
           _jpeg, _tiff, _flipped, _claim, _cut)  # fmt: skip
