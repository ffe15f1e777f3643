"""Photos come out upright, in sRGB, in 8 bits and opaque; what is no photo is refused in one sentence."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageOps, PngImagePlugin

from chromadesk import images
from chromadesk.errors import ImageError, MaskError
from chromadesk.images import photo_size, read_photo, read_reduced, read_thumbnail
from chromadesk.listing import list_photos

Pixels = npt.NDArray[np.uint8]
EXIF_FORMATS = ["jpg", "png", "tif", "webp"]


def scene(height: int = 48, width: int = 32) -> Pixels:
    """A picture no turn or mirroring maps onto itself, in large patches that survive JPEG."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = (200, 40, 40)
    pixels[: height // 2, width // 2 :] = (40, 200, 40)
    pixels[height // 2 :, : width // 2] = (40, 40, 200)
    pixels[height // 2 :, width // 2 :] = (220, 220, 210)
    return pixels


def noise(height: int = 40, width: int = 30, channels: int = 3, top: int = 256) -> npt.NDArray[np.int64]:
    return np.random.default_rng(7).integers(0, top, (height, width, channels))


def distance(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    return float(np.abs(np.asarray(first, float) - np.asarray(second, float)).max())


@pytest.mark.parametrize("suffix", EXIF_FORMATS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(tmp_path: Path, suffix: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{suffix}"
    lossless = {"lossless": True} if suffix == "webp" else {"quality": 95} if suffix == "jpg" else {}
    Image.fromarray(scene()).save(path, exif=exif, **lossless)
    with Image.open(path) as image:
        expected = np.asarray(ImageOps.exif_transpose(image))
    photo = read_photo(path)
    assert photo.pixels.shape == expected.shape
    assert distance(photo.pixels, expected) == 0
    assert photo_size(path) == expected.shape[:2]
    thumbnail = read_thumbnail(path, 12)
    assert thumbnail.shape == ((12, 8, 3) if orientation < 5 else (8, 12, 3))
    corners = expected[:: expected.shape[0] - 1, :: expected.shape[1] - 1]
    assert distance(thumbnail[:: thumbnail.shape[0] - 1, :: thumbnail.shape[1] - 1], corners) < 40


def test_orientation_behind_the_pixels_of_a_png_counts_too(tmp_path: Path) -> None:
    path = tmp_path / "late.png"
    Image.fromarray(scene()).save(path)
    exif = Image.Exif()
    exif[0x0112] = 6
    body = exif.tobytes().removeprefix(b"Exif\0\0")
    chunk = struct.pack(">I", len(body)) + b"eXIf" + body + struct.pack(">I", zlib.crc32(b"eXIf" + body))
    data = path.read_bytes()
    path.write_bytes(data[:-12] + chunk + data[-12:])
    assert photo_size(path) == (32, 48)
    assert distance(read_photo(path).pixels, np.rot90(scene(), -1)) == 0


def test_a_long_edit_history_does_no_harm(tmp_path: Path) -> None:
    history = PngImagePlugin.PngInfo()
    history.add_itxt("XML:com.adobe.xmp", "brush " * 500_000, zip=True)
    Image.fromarray(scene()).save(tmp_path / "long.png", pnginfo=history)
    assert distance(read_photo(tmp_path / "long.png").pixels, scene()) == 0


def test_nonsense_orientation_is_ignored(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 77
    Image.fromarray(scene()).save(tmp_path / "odd.jpg", exif=exif)
    assert read_photo(tmp_path / "odd.jpg").pixels.shape == (48, 32, 3)


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_sixteen_bits_are_scaled_and_rounded(tmp_path: Path, suffix: str, channels: int) -> None:
    deep = noise(channels=channels, top=65536).astype(np.uint16)
    path = tmp_path / f"deep.{suffix}"
    if channels == 1:
        cv2.imwrite(str(path), deep[:, :, 0])
        expected: npt.ArrayLike = np.repeat(deep / 257, 3, axis=2)
    elif channels == 3:
        cv2.imwrite(str(path), deep[:, :, ::-1])
        expected = deep / 257
    else:
        deep[:, :, 3] = 65535
        cv2.imwrite(str(path), deep[:, :, [2, 1, 0, 3]])
        expected = deep[:, :, :3] / 257
    assert distance(read_photo(path).pixels, expected) <= 0.5


@pytest.mark.parametrize("suffix", ["png", "webp", "tif"])
def test_transparency_lies_over_white(tmp_path: Path, suffix: str) -> None:
    rgba = np.dstack([scene(), np.tile(np.linspace(0, 255, 32).astype(np.uint8), (48, 1))])
    path = tmp_path / f"clear.{suffix}"
    Image.fromarray(rgba).save(path, **({"lossless": True, "exact": True} if suffix == "webp" else {}))
    share = rgba[:, :, 3:] / 255
    assert distance(read_photo(path).pixels, rgba[:, :, :3] * share + 255 * (1 - share)) <= 1


def test_grey_with_alpha_and_palette_with_transparency(tmp_path: Path) -> None:
    grey = np.dstack([np.full((4, 4), 100, np.uint8), np.tile(np.uint8([0, 255, 0, 255]), (4, 1))])
    Image.fromarray(grey).save(tmp_path / "la.png")
    assert read_photo(tmp_path / "la.png").pixels[0].tolist() == [[255] * 3, [100] * 3] * 2
    indexed = Image.fromarray(np.uint8([[0, 1, 2]]))
    indexed = Image.frombytes("P", (3, 1), indexed.tobytes())
    indexed.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    indexed.save(tmp_path / "p.png", transparency=1)
    assert read_photo(tmp_path / "p.png").pixels[0].tolist() == [[10, 20, 30], [255, 255, 255], [70, 80, 90]]
    indexed.save(tmp_path / "p.gif", transparency=1)
    assert read_photo(tmp_path / "p.gif").pixels[0].tolist() == [[10, 20, 30], [255, 255, 255], [70, 80, 90]]


def test_grey_one_bit_and_colour_key(tmp_path: Path) -> None:
    grey = noise(channels=1)[:, :, 0].astype(np.uint8)
    Image.fromarray(grey).save(tmp_path / "grey.png")
    assert distance(read_photo(tmp_path / "grey.png").pixels, np.repeat(grey[:, :, None], 3, 2)) == 0
    Image.fromarray(grey > 127).save(tmp_path / "bit.png")
    assert distance(read_photo(tmp_path / "bit.png").pixels[:, :, 0], (grey > 127) * 255) == 0
    Image.fromarray(scene()).save(tmp_path / "key.png", transparency=(200, 40, 40))
    assert read_photo(tmp_path / "key.png").pixels[0, 0].tolist() == [255, 255, 255]


def test_thirty_two_bits_are_refused(tmp_path: Path) -> None:
    Image.fromarray(np.ones((4, 4), np.float32)).save(tmp_path / "float.tif")
    with pytest.raises(ImageError, match=r"float\.tif holds 32 bits a channel"):
        read_photo(tmp_path / "float.tif")


def test_first_frame_of_several(tmp_path: Path) -> None:
    frames = [Image.fromarray(scene()), Image.new("RGB", (32, 48), "white")]
    for name in ("many.gif", "many.tif", "many.webp", "many.mpo"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        assert np.abs(read_photo(tmp_path / name).pixels.astype(int) - scene()).mean() < 5


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "bmp", "gif"])
def test_cut_short_is_refused_everywhere(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"whole.{suffix}"
    Image.fromarray(noise(200, 160).astype(np.uint8)).save(whole)
    data = whole.read_bytes()
    cut = tmp_path / f"cut.{suffix}"
    for share in (0.05, 0.3, 0.6, 0.95):
        cut.write_bytes(data[: int(len(data) * share)])
        for read in (read_photo, lambda path: read_thumbnail(path, 64)):
            with pytest.raises(ImageError, match=rf"cut\.{suffix} is (damaged or cut short|not a picture)"):
                read(cut)


@pytest.mark.parametrize("options", [{"progressive": True}, {"quality": 95}, {"subsampling": 0}])
def test_a_truncated_jpeg_is_never_half_grey(tmp_path: Path, options: dict[str, object]) -> None:
    path = tmp_path / "photo.jpg"
    Image.fromarray(noise(200, 160).astype(np.uint8)).save(path, **options)
    data = path.read_bytes()
    for length in range(len(data) // 10, len(data) - 2, len(data) // 7):
        path.write_bytes(data[:length])
        with pytest.raises(ImageError, match="damaged or cut short"):
            read_photo(path)


def test_flipped_bytes_never_escape_as_other_errors(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    for suffix in ("jpg", "png", "tif", "webp", "bmp", "gif"):
        path = tmp_path / f"bits.{suffix}"
        Image.fromarray(scene()).save(path)
        data = np.frombuffer(path.read_bytes(), np.uint8)
        for _ in range(30):
            broken = data.copy()
            broken[random.integers(0, len(data), 6)] = random.integers(0, 256, 6)
            path.write_bytes(broken.tobytes())
            try:
                read_photo(path)
            except ImageError:
                continue
            except UserWarning:  # Pillow's word on broken tags
                continue


def test_refusals_name_the_file_and_the_cure(tmp_path: Path) -> None:
    text = tmp_path / "notes.jpg"
    text.write_text("no picture at all")
    empty = tmp_path / "empty.png"
    empty.touch()
    for path, sentence in [
        (text, "notes.jpg is not a picture that can be read"),
        (empty, "empty.png is empty (zero bytes)"),
        (tmp_path / "gone.jpg", "gone.jpg does not exist"),
        (tmp_path, "is a folder"),
    ]:
        for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
            with pytest.raises(ImageError) as caught:
                read(path)
            assert sentence in str(caught.value)
            assert str(path) in str(caught.value)
            assert "\n" not in str(caught.value)


def test_formats_outside_the_list_are_refused(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "sneaky.jpg", "PPM")
    with pytest.raises(ImageError, match="not a picture that can be read"):
        read_photo(tmp_path / "sneaky.jpg")


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises a size and whose pixels are hardly there."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(20_000, 10_000), (60_000, 60_000)])
def test_a_bomb_is_refused_by_its_header(tmp_path: Path, size: tuple[int, int]) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png_claiming(*size))
    started = time.process_time()
    for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
        with pytest.raises(ImageError) as caught:
            read(bomb)
        assert "bomb.png" in str(caught.value)
        assert f"{size[0] * size[1] / 1e6:.0f} megapixels" in str(caught.value)
        assert "limit of 150" in str(caught.value)
    assert time.process_time() - started < 1


def test_files_with_holes_of_terabytes_are_refused_at_once(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "a.webp")
    heads = {
        "a.jpg": b"\xff\xd8\xff\xe0\x00\x04ab",
        "b.gif": b"GIF89a\x09\0\x09\0\0\0\0",
        "c.webp": (tmp_path / "a.webp").read_bytes(),
        "d.avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        "e.heic": b"\0\0\0\x1cftypheic\0\0\0\0heicmif1miaf",
        "f.png": b"\x89PNG\r\n\x1a\n",
        "g.tif": b"II*\0\x08\0\0\0",
    }
    started = time.process_time()
    for name, head in heads.items():
        with open(tmp_path / name, "wb") as handle:
            handle.write(head)
            handle.truncate(2**40)
        for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
            with pytest.raises(ImageError, match="larger than any photo"):
                read(tmp_path / name)
    assert time.process_time() - started < 1


def test_a_desert_between_the_segments_of_a_jpeg_is_not_crossed(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(scene()).save(path)
    data = path.read_bytes()
    path.write_bytes(data[:20] + b"\0" * 100 + data[20:])  # some cameras leave gaps
    assert read_photo(path).pixels.shape == (48, 32, 3)
    path.write_bytes(data[:20] + b"\0" * 50_000_000)
    started = time.process_time()
    with pytest.raises(ImageError, match="no picture behind its head"):
        read_photo(path)
    assert time.process_time() - started < 1


def test_large_webp_photos_take_too_much_memory(tmp_path: Path) -> None:
    Image.new("L", (9000, 7000)).save(tmp_path / "large.webp", quality=0, method=0)
    with pytest.raises(ImageError, match=r"over the limit of 60 for its format"):
        photo_size(tmp_path / "large.webp")


def test_allowed_sizes_pass_without_pillows_warning(tmp_path: Path) -> None:
    # 100 megapixels: over Pillow's own limit of 89, within ours; warnings are errors here
    Image.new("1", (10_000, 10_000)).save(tmp_path / "large.tif", compression="group4")
    assert photo_size(tmp_path / "large.tif") == (10_000, 10_000)
    assert read_thumbnail(tmp_path / "large.tif", 50).shape == (50, 50, 3)


def test_errors_come_as_the_kind_that_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(MaskError, match="does not exist"), images.opened(tmp_path / "gone.png", MaskError):
        pass


def test_thumbnails_never_grow_and_keep_their_shape(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "small.png")
    assert read_thumbnail(tmp_path / "small.png", 500).shape == (48, 32, 3)
    Image.new("RGB", (4000, 3), "red").save(tmp_path / "strip.jpg")
    assert read_thumbnail(tmp_path / "strip.jpg", 100).shape == (1, 100, 3)


def test_a_thumbnail_shows_what_the_photo_shows(tmp_path: Path) -> None:
    for name, mode in [("rgb.jpg", "RGB"), ("cmyk.jpg", "CMYK"), ("grey.jpg", "L"), ("indexed.png", "P")]:
        Image.fromarray(scene(960, 640)).convert(mode).save(tmp_path / name)
        full = cv2.resize(read_photo(tmp_path / name).pixels, (107, 160), interpolation=cv2.INTER_AREA)
        assert np.abs(read_thumbnail(tmp_path / name, 160).astype(int) - full).mean() < 2


@pytest.mark.parametrize("turned", [1, 6])
def test_a_reduced_jpeg_shows_what_the_photo_shows(tmp_path: Path, turned: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    Image.fromarray(scene(960, 640)).save(tmp_path / "photo.jpg", exif=exif.tobytes())
    whole = read_photo(tmp_path / "photo.jpg").pixels
    for least, smaller in ((200_000, None), (100_000, 2), (20_000, 4), (100, 8)):
        reduced = read_reduced(tmp_path / "photo.jpg", least)
        if smaller is None:
            assert reduced is None
            continue
        assert reduced is not None
        size = whole.shape[1] // smaller, whole.shape[0] // smaller
        assert reduced.shape[1::-1] == size
        assert np.abs(reduced.astype(int) - cv2.resize(whole, size, interpolation=cv2.INTER_AREA)).mean() < 2


def test_what_does_not_decode_smaller_is_not_reduced(tmp_path: Path) -> None:
    Image.fromarray(scene(960, 640)).save(tmp_path / "photo.png")
    assert read_reduced(tmp_path / "photo.png", 100) is None
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff none")
    with pytest.raises(ImageError):
        read_reduced(tmp_path / "broken.jpg", 100)


def test_real_photos(ccp5: Path) -> None:
    for path in list_photos(ccp5 / "train" / "A")[:5]:
        photo = read_photo(path)
        assert photo.pixels.shape == (*photo_size(path), 3)
        assert photo.pixels.dtype == np.uint8
        assert photo.profile == "assumed sRGB"
        with Image.open(path) as image:
            assert distance(photo.pixels, np.asarray(image)) == 0
