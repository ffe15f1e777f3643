"""What code without Qt says (reasons at the cursor, verdicts, titles of jobs), in the person's language.

That code knows no translation and must not: its sentences are recognised here by their patterns, and said anew with
their own names and numbers. Of errors only those on masks are among them; the others stay as they are.
"""

from __future__ import annotations

import functools
import re

from PySide6.QtGui import QKeySequence

from chromadesk.studio.words import capitalised, mark, numeral, tr

#: The first that fits holds, so those of few words come last.
PATTERNS = (
    # editing: said at the cursor
    mark("{name} is locked"),
    mark("Paints over {name} only"),
    mark("Already as proposed"),
    mark("Already as saved"),
    mark("Already as first opened"),
    mark("Already {name}"),
    mark("Outside the photo"),
    mark("Nothing to paint back here"),
    mark("No proposal yet"),
    mark("No saved mask yet"),
    mark("Nothing to go back to"),
    # inference.uncertainty
    mark("{one} or {other}?"),
    mark("nobody found"),
    # profiles
    mark("assumed sRGB"),
    mark("unusable profile, assumed sRGB"),
    mark("unnamed profile"),
    mark("CMYK without profile"),
    # jobs
    mark("Training {network} from scratch"),
    mark("Training {network} from {model}"),
    mark("Evaluation of {model}"),
    mark("Photos ranked by {model}"),
    mark("It ended without a word"),
    mark("{outcome}, adopted as {model}"),
    mark("adopted as {model}"),
    mark("mIoU over five classes {old} → {new}"),
    mark("mIoU {old} → {new}"),
    mark("mIoU {new}"),
    mark("epoch {epoch} of {epochs}"),
    mark("comparing photos"),
    mark("photos"),
    mark("CPU, 1 core"),
    mark("CPU, {number} cores"),
    mark("{device}, {used} of {total} GB in use"),
    # learning.gate
    mark("There are no test photos to compare the new model with the old one on."),
    mark("Every test photo was in the training of one of the two models, so nothing can be compared."),
    mark("The {photos} show nothing that the new model could be judged by."),
    mark("The new model has mIoU {miou} on {photos}; there is no older one."),
    mark("The new model is better on {photos}: {figures}."),
    mark("The new model is worse on {photos}: {figures}."),
    mark("The new model is just as good as the old one on {photos}: {figures}."),
    mark("Too close to call on {photos}: {figures}."),
    mark("{figures}; its epoch was chosen on these photos too, which flatters it a little"),
    mark("1 test photo"),
    mark("{number} test photos"),
    # learning: warnings
    mark("No photo is kept for testing, so nobody knows how good the new weights are; keep some ({key})."),
    mark("No photo to train on has been corrected yet, so all of them are shown alike."),
    mark("{number} photos that this training began with may not teach any more; it goes on without them."),
    mark("{network} starts from random weights, not from ImageNet's; expect less of it."),
    mark(
        "{number} of {total} photos (such as {photo}) will not be trained on, since each of these is a test photo too, "
        "or nearly the same as one."
    ),
    mark("The memory is too small for {number} photos at a time; the training goes on with {fewer}, which is slower."),
    mark(
        "The GPU's memory is too small for {number} photos at a time; the training goes on with {fewer}, which is "
        "slower."
    ),
    mark(
        "The loss was no number any more, so the training went back to its last checkpoint and goes on with half the "
        "learning rate ({number} of at most {most} times)."
    ),
    mark("{folder} has no split yet, so all its photos with approved masks ({number}) stand in for test photos."),
    mark("{number} of {total} photos here were in the training of {model}: its scores are too good."),
    mark(
        "{number} of {total} test photos were in the training of {model}, which this one starts from: its scores are "
        "too good."
    ),
    mark("The checkpoint {file} is damaged, so the training goes on from the one before it."),
    # masks and editing.recovery: what was found amiss when a photo was opened
    mark("{path} is damaged or cut short ({reason}); bring back an earlier mask, or paint it anew."),
    mark("{path} is empty (zero bytes); bring back an earlier mask, or paint it anew."),
    mark("{path} may not be read; check the permissions of the file."),
    mark("{path} is {size} pixels, but its photo is {other}; export the mask at the photo's size."),
    mark(
        "{path} is not a mask in the five class colours: {share} % of its pixels are neither a class colour nor a "
        "blend of two (at most {most} % may be); export it with the data set's palette."
    ),
    mark("{number} pixels of {mask} have none of the five colours; each got the nearest one. Save to keep it so."),
    mark("{mask} was changed outside ChromaDesk; your unsaved strokes were put on top of it."),
    mark("{mask} is gone, though {photo} was painted; put it back before you paint on."),
    mark("{photo} is gone; bring its drive or folder back and open it again."),
    mark(
        "{folder} may be a copy of {other}, which is gone and of which work is kept in {kept}; if it is the same, "
        "close ChromaDesk, move what is in there to {own} and open it again."
    ),
    mark("Work on another data set, which was in the place of {folder}, is kept in {kept} until it is back."),
    mark("{sentence}; it is kept in {file}."),
    mark("{sentence}; it is left as it is: {file}"),
    mark("The journal of {photo} is damaged, and what could be read of it came back"),
    mark("The journal of {photo} cannot be read: it is damaged, or of a newer ChromaDesk"),
    mark("The journal of {photo} cannot be read ({reason}), so its strokes are not here"),
    mark("{photo} has another size than when it was painted; its unsaved strokes were not brought back"),
    # samples
    mark("The sample portraits come with the extra demo: {command}; or give photos of your own."),
    # models.registry
    mark("ImageNet-pretrained EfficientNet-Lite encoder with a light decoder; ours, the default"),
    mark("VGG16 features, five transposed convolutions, no skips"),
    mark("VGG16 features, five transposed convolutions, skips from pool4 to pool1; the paper's own best"),
    mark("VGG16 features, five transposed convolutions, skips from pool4 and pool3"),
    mark("VGG16 features, five transposed convolutions, skips from pool4"),
    mark("strided 4x4 convolutions down, transposed up; {sizes}"),
    mark("{sizes}; huge ({number} million numbers), for a GPU with much memory"),
    mark("of your own depth and width"),
    mark("{depth} halvings, {width} channels at first"),
    mark("U-Net generator against a 70x70 patch discriminator; paints the mask; the paper's base line"),
    mark("atrous pooling and a decoder; encoder resnet50, or lite0 to lite2"),
    mark("torchvision's deeplabv3_resnet50, which the authors' public code calls DeepLabV3+"),
    mark("torchvision's lraspp_mobilenet_v3_large: MobileNetV3 with a gated pooling branch"),
)


def said(text: str) -> str:
    """``text`` in the person's language where its pattern is known; otherwise as it is."""
    for template in PATTERNS:
        if not text.startswith(template.partition("{")[0]):
            continue  # most are never compiled
        found = _pattern(template).fullmatch(text)
        if found:
            return tr(template).format(**{name: _value(name, value) for name, value in found.groupdict().items()})
    return text


def _value(name: str, text: str) -> str:
    """A part of a sentence: a key, a number, a class, or a sentence of its own; anything else is a name and stays."""
    if name == "key":
        return QKeySequence(text).toString(QKeySequence.SequenceFormat.NativeText)
    if re.fullmatch(r"\d+\.\d+", text):
        return numeral(float(text), len(text.partition(".")[2]))
    if re.fullmatch(r"\d{1,3}(,\d{3})*", text):
        return numeral(int(text.replace(",", "")))
    low = text[:1].lower() + text[1:]
    if tr(low) != low:
        return tr(low) if text == low else capitalised(tr(low))
    return said(text)


@functools.cache
def _pattern(template: str) -> re.Pattern[str]:
    """``template``, its ``{names}`` as groups."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template)), re.DOTALL)
