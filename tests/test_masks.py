"""Every accepted form of a mask reads as the same label plane; what is none is refused with its share or its size."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zlib
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from chromadesk import masks
from chromadesk.classes import CLASSES, COUNT, PALETTE
from chromadesk.errors import MaskError, StorageError
from chromadesk.masks import encode_mask, read_mask, write_mask

Labels = npt.NDArray[np.uint8]


def blobs(height: int = 60, width: int = 44) -> Labels:
    labels = np.zeros((height, width), np.uint8)
    cv2.circle(labels, (width // 2, height // 5), height // 6, 4, -1)
    cv2.circle(labels, (width // 2, height // 4), height // 9, 2, -1)
    cv2.rectangle(labels, (width // 4, height // 3), (3 * width // 4, height - 8), 3, -1)
    cv2.rectangle(labels, (width // 4, height - 8), (width // 2, height - 3), 1, -1)
    return labels


def indexed(indices: Labels, palette: npt.ArrayLike) -> Image.Image:
    image = Image.frombytes("P", (indices.shape[1], indices.shape[0]), np.ascontiguousarray(indices).tobytes())
    image.putpalette(np.asarray(palette, np.uint8).tobytes())
    return image


def reads_as(path: Path, labels: Labels) -> None:
    mask = read_mask(path, labels.shape)
    assert mask.labels.dtype == np.uint8
    assert (mask.labels == labels).all()
    assert mask.off_palette == 0


def test_written_masks_are_indexed_with_the_class_colours(tmp_path: Path) -> None:
    path = tmp_path / "B" / "0001.png"
    write_mask(path, blobs())
    with Image.open(path) as image:
        assert (image.format, image.mode) == ("PNG", "P")
        assert image.getpalette() == [value for c in CLASSES for value in c.colour]
        assert (np.asarray(image) == blobs()).all()
    reads_as(path, blobs())
    assert [entry.name for entry in path.parent.iterdir()] == ["0001.png"]


def test_encoding_is_the_same_every_time_and_refuses_what_is_no_label_plane() -> None:
    assert encode_mask(blobs()) == encode_mask(blobs().copy())
    for wrong in (
        np.zeros((2, 2), int),
        np.zeros((2, 2, 3), np.uint8),
        np.full((2, 2), 5, np.uint8),
        np.zeros((0, 2), np.uint8),
    ):
        with pytest.raises(ValueError, match="labels must be"):
            encode_mask(wrong)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 10_000))
def test_any_plane_survives_the_round_trip(height: int, width: int, seed: int) -> None:
    labels = np.random.default_rng(seed).integers(0, COUNT, (height, width)).astype(np.uint8)
    with Image.open(io.BytesIO(encode_mask(labels))) as image:
        assert (np.asarray(image) == labels).all()


def test_a_view_that_is_not_contiguous_is_written_right(tmp_path: Path) -> None:
    write_mask(tmp_path / "m.png", blobs()[::2, ::-1])
    reads_as(tmp_path / "m.png", blobs()[::2, ::-1])


def test_a_failed_write_leaves_the_old_mask(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(StorageError, match="file"):
        write_mask(blocked / "m.png", blobs())
    assert blocked.read_text() == "in the way"


def test_indexed_in_any_order_is_read_by_colour(tmp_path: Path) -> None:
    order = np.array([3, 0, 4, 1, 2], np.uint8)  # entry i holds the colour of class order[i]
    place = np.argsort(order).astype(np.uint8)
    indexed(place[blobs()], PALETTE[order]).save(tmp_path / "order.png")
    reads_as(tmp_path / "order.png", blobs())


def test_indexed_with_unused_odd_colours_and_repeats(tmp_path: Path) -> None:
    palette = np.full((256, 3), 77, np.uint8)
    palette[:COUNT] = PALETTE
    palette[9] = PALETTE[3]
    indices = blobs()
    indices[indices == 3] = np.where(np.arange((indices == 3).sum()) % 2, 3, 9)
    indexed(indices, palette).save(tmp_path / "spare.png")
    reads_as(tmp_path / "spare.png", blobs())


def test_indexed_grey_zero_to_four(tmp_path: Path) -> None:
    indexed(blobs(), np.repeat(np.arange(COUNT)[:, None], 3, axis=1)).save(tmp_path / "ids.png")
    reads_as(tmp_path / "ids.png", blobs())


def test_indexed_with_a_clear_background(tmp_path: Path) -> None:
    palette = PALETTE.copy()
    palette[0] = (255, 255, 255)
    indexed(blobs(), palette).save(tmp_path / "clear.png", transparency=0)
    reads_as(tmp_path / "clear.png", blobs())
    indexed(blobs(), palette).save(tmp_path / "clears.png", transparency=bytes([0, 255, 255]))
    reads_as(tmp_path / "clears.png", blobs())


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours(tmp_path: Path, mode: str) -> None:
    Image.fromarray(PALETTE[blobs()]).convert(mode).save(tmp_path / "c.png")
    reads_as(tmp_path / "c.png", blobs())


def test_clear_parts_are_background(tmp_path: Path) -> None:
    rgba = np.dstack([PALETTE[blobs()], np.where(blobs() == 0, 0, 255).astype(np.uint8)])
    rgba[blobs() == 0, :3] = 255
    Image.fromarray(rgba).save(tmp_path / "c.png")
    reads_as(tmp_path / "c.png", blobs())


@pytest.mark.parametrize("mode", ["L", "RGB", "I;16", "LA"])
def test_plain_grey(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        Image.fromarray(blobs().astype(np.uint16)).save(tmp_path / "g.png")
    else:
        Image.fromarray(blobs()).convert(mode).save(tmp_path / "g.png")
    reads_as(tmp_path / "g.png", blobs())


@pytest.mark.parametrize("mode", ["L", "RGB", "P", "1"])
def test_all_background(tmp_path: Path, mode: str) -> None:
    Image.new(mode, (7, 5)).save(tmp_path / "g.png")
    reads_as(tmp_path / "g.png", np.zeros((5, 7), np.uint8))


def smooth(labels: Labels) -> npt.NDArray[np.uint8]:
    """The mask drawn with anti-aliased edges."""
    fine = PALETTE[labels.repeat(4, axis=0).repeat(4, axis=1)].astype(np.float32)
    shifted = np.roll(fine, (1, 2), axis=(0, 1))
    return cv2.resize(shifted, labels.shape[::-1], interpolation=cv2.INTER_AREA).round().astype(np.uint8)


@pytest.mark.parametrize("kind", ["RGB", "RGBA", "P"])
def test_anti_aliased_edges(tmp_path: Path, kind: str) -> None:
    picture = smooth(blobs(240, 180))
    image = Image.fromarray(picture)
    image = (
        image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE) if kind == "P" else image.convert(kind)
    )
    if kind == "P":
        colours, indices = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True)
        assert len(colours) <= 256
        image = indexed(indices.reshape(240, 180).astype(np.uint8), colours)
    image.save(tmp_path / "aa.png")
    mask = read_mask(tmp_path / "aa.png", (240, 180))
    assert mask.off_palette == 0
    assert mask.blended > 500
    assert np.mean(mask.labels == blobs(240, 180)) > 0.985
    ring = cv2.dilate((blobs(240, 180) == 1).astype(np.uint8), np.ones((3, 3), np.uint8)) == 0
    assert not (mask.labels[ring] == 1).any()


def test_a_colour_profile_never_touches_a_mask(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB", 5000)).tobytes()
    Image.fromarray(PALETTE[blobs()]).save(tmp_path / "c.png", icc_profile=lab, gamma=1.0)
    reads_as(tmp_path / "c.png", blobs())


def test_another_size_names_both(tmp_path: Path) -> None:
    write_mask(tmp_path / "m.png", blobs(60, 44))
    with pytest.raises(MaskError, match=r"m\.png is 44 x 60 pixels, but its photo is 60 x 44"):
        read_mask(tmp_path / "m.png", (44, 60))


def test_a_mask_turned_by_exif_has_the_displayed_size(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    indexed(np.rot90(blobs(), 1), PALETTE).save(tmp_path / "t.png", exif=exif)
    reads_as(tmp_path / "t.png", blobs())


@pytest.mark.parametrize("kind", ["RGB", "P"])
@pytest.mark.parametrize(("share", "refused"), [(0.019, False), (0.021, True)])
def test_two_in_a_hundred_may_be_off_the_palette(tmp_path: Path, kind: str, share: float, refused: bool) -> None:
    labels = blobs(100, 100)
    indices = labels.copy()
    spots = np.random.default_rng(1).permutation(10_000)[: round(share * 10_000)]
    indices.ravel()[spots] = 5
    palette = np.vstack([PALETTE, [[255, 0, 255]]])
    if kind == "P":
        indexed(indices, palette).save(tmp_path / "odd.png")
    else:
        Image.fromarray(palette[indices].astype(np.uint8)).save(tmp_path / "odd.png")
    if refused:
        with pytest.raises(MaskError, match=r"odd\.png is not a mask in the five class colours: 2\.1 % of its pixels"):
            read_mask(tmp_path / "odd.png")
        return
    mask = read_mask(tmp_path / "odd.png")
    assert mask.off_palette == len(spots)
    assert mask.blended == 0
    expected = labels.copy()
    expected.ravel()[spots] = 2  # skin is nearest to magenta
    assert (mask.labels == expected).all()


def test_grey_beyond_the_ids(tmp_path: Path) -> None:
    labels = blobs(100, 100)
    labels[0, :50] = 255
    Image.fromarray(labels).save(tmp_path / "g.png")
    mask = read_mask(tmp_path / "g.png")
    assert mask.off_palette == 50
    assert (mask.labels[1:] == labels[1:]).all()
    Image.fromarray((blobs() > 0) * np.uint8(255)).save(tmp_path / "binary.png")
    with pytest.raises(MaskError, match=r"binary\.png is not a mask in the five class colours"):
        read_mask(tmp_path / "binary.png")
    Image.fromarray(blobs() > 0).save(tmp_path / "bit.png")
    with pytest.raises(MaskError, match=r"bit\.png is not a mask"):
        read_mask(tmp_path / "bit.png")


@pytest.mark.parametrize("tile", [1 << 20, 5_000])
def test_a_photo_is_no_mask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tile: int) -> None:
    monkeypatch.setattr("chromadesk.masks._TILE_PIXELS", tile)  # the smaller one has the share estimated
    size = (300, 200)
    noise = np.random.default_rng(2).integers(0, 256, (*size, 3)).astype(np.uint8)
    Image.fromarray(noise).save(tmp_path / "photo.png", compress_level=1)
    with pytest.raises(MaskError, match=r"9\d(\.\d)? % of its pixels"):
        read_mask(tmp_path / "photo.png", size)


def test_what_is_no_png_is_refused(tmp_path: Path) -> None:
    Image.fromarray(PALETTE[blobs()]).save(tmp_path / "m.jpg")
    with pytest.raises(MaskError, match=r"m\.jpg is a JPEG picture, but masks are PNG"):
        read_mask(tmp_path / "m.jpg")
    (tmp_path / "text.png").write_text("no mask")
    (tmp_path / "empty.png").touch()
    write_mask(tmp_path / "whole.png", np.random.default_rng(0).integers(0, COUNT, (90, 90)).astype(np.uint8))
    (tmp_path / "cut.png").write_bytes((tmp_path / "whole.png").read_bytes()[:1500])
    for name, words in [
        ("text.png", "is not a picture"),
        ("empty.png", "is empty"),
        ("cut.png", "damaged or cut short"),
        ("gone.png", "does not exist"),
    ]:
        with pytest.raises(MaskError, match=words):
            read_mask(tmp_path / name)


def _claiming(width: int, height: int) -> bytes:
    """An indexed PNG of which only the header is large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
    rest = chunk(b"PLTE", PALETTE.tobytes()) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + rest


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(_claiming(20_000, 10_000))
    with pytest.raises(MaskError, match=r"bomb\.png has 200 megapixels"):
        read_mask(tmp_path / "bomb.png")


def test_a_header_that_claims_far_more_than_the_file_can_hold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claims.png").write_bytes(_claiming(9, 4_194_316))
    with pytest.raises(MaskError, match=r"claims\.png is damaged or cut short \(it cannot hold 9 x 4194316 pixels\)"):
        read_mask(tmp_path / "claims.png")
    Image.new("1", (8_000, 4_000)).save(tmp_path / "plain.png")  # squeezed as far as it goes
    assert read_mask(tmp_path / "plain.png").labels.shape == (4_000, 8_000)


@pytest.mark.parametrize("across", [1 << 14, 33])
def test_tiles_leave_no_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, across: int) -> None:
    # soft edges run across every border between tiles
    labels = blobs(240, 180)
    labels[::7, 20:160] = 2
    Image.fromarray(smooth(labels)).save(tmp_path / "soft.png")
    whole = read_mask(tmp_path / "soft.png")
    monkeypatch.setattr("chromadesk.masks._TILE_PIXELS", 180 * 11)
    monkeypatch.setattr("chromadesk.masks._MOST_ACROSS", across)
    parts = read_mask(tmp_path / "soft.png")
    assert (parts.labels == whole.labels).all()
    assert (parts.off_palette, parts.blended) == (whole.off_palette, whole.blended)


def test_reading_is_fast(tmp_path: Path) -> None:
    # processor time, for the machine may be busy; alone it takes 2 ms and 15 ms
    labels = blobs(825, 550)
    write_mask(tmp_path / "i.png", labels)
    Image.fromarray(smooth(labels)).save(tmp_path / "c.png")
    for name, limit in (("i.png", 0.05), ("c.png", 0.3)):
        best = min(_seconds(tmp_path / name) for _ in range(3))
        assert best < limit


@pytest.mark.parametrize("shape", [(9, 500_000), (500_000, 9)])
def test_all_blend_and_of_any_shape_takes_little_time_and_memory(tmp_path: Path, shape: tuple[int, int]) -> None:
    # a tiny file unpacks to it, which once took 2 s and, being low and wide, 800 MB
    indexed(np.zeros(shape, np.uint8), PALETTE[:2].mean(axis=0, keepdims=True)).save(tmp_path / "haze.png")
    tracemalloc.start()
    try:
        seconds = _seconds(tmp_path / "haze.png")
        assert tracemalloc.get_traced_memory()[1] < 150e6
    finally:
        tracemalloc.stop()
    assert seconds < 1.5


def _seconds(path: Path) -> float:
    started = time.process_time()
    read_mask(path)
    return time.process_time() - started


def test_real_masks(ccp5: Path) -> None:
    for path in sorted((ccp5 / "train" / "B").iterdir())[:20]:
        with Image.open(path) as image:
            expected = np.asarray(image)
        reads_as(path, expected)


def test_a_mask_that_reads_back_otherwise_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mask.png"
    old, new = np.zeros((30, 40), np.uint8), np.full((30, 40), 3, np.uint8)
    masks.write_mask(path, old)
    good, data = masks.encode_mask(new), {}
    data["of others"] = masks.encode_mask(old + 1)
    data["cut"] = good[:-20]
    data["flipped"] = good.replace(b"IDAT", b"IDAT" + bytes([good[good.index(b"IDAT") + 4] ^ 1]), 1)
    data["of other colours"] = good.replace(bytes([224, 16, 115]), bytes([224, 16, 116]))
    for bad in data.values():
        monkeypatch.setattr(masks, "encode_mask", lambda _, bad=bad: bad)
        with pytest.raises(StorageError, match="does not read back"):
            masks.write_mask(path, new)
        assert np.array_equal(masks.read_mask(path).labels, old)
    monkeypatch.undo()
    masks.write_mask(path, new)
    assert [each.name for each in tmp_path.iterdir()] == ["mask.png"]
