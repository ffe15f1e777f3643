"""Every error ChromaDesk raises on purpose.

    ChromaDeskError             our fault or the machine's; the command line exits 1
    ├── InputError              what the person gave cannot be used; exits 2
    │   ├── ImageError          a photo cannot be read
    │   ├── MaskError           a mask cannot be read or does not fit its photo
    │   ├── DatasetError        a folder is no data set, or lacks what was asked of it
    │   ├── ModelError          a weights file cannot be used
    │   │   └── PretrainedError an encoder's ImageNet weights are not to be had
    │   ├── SwatchError         a swatch file or colour book cannot be used
    │   └── JobError            a job folder or a request cannot be used
    ├── StorageError            a file could not be written (disk full, read-only); exits 2
    │   └── ChangedElsewhere    a mask is no longer the one that was opened; it was left as it is
    ├── TeamError               another process of a training has gone; exits 3
    └── Cancelled               the person asked a long function to stop

The text of each is one sentence a person can act on: what, which file, what to do.
"""

from __future__ import annotations

from pathlib import Path

from chromadesk.sentences import sentence


class ChromaDeskError(Exception):
    """Base of the tree; ``str(error)`` is the sentence shown to the person, whatever names stand in it."""

    exit_code = 1

    def __init__(self, text: str = "") -> None:
        super().__init__(sentence(text))


class InputError(ChromaDeskError):
    """The input cannot be used; nothing was changed."""

    exit_code = 2


class ImageError(InputError):
    """A photo cannot be read."""


class MaskError(InputError):
    """A mask cannot be read or does not fit its photo."""


class DatasetError(InputError):
    """A folder is no data set, or lacks what was asked of it."""


class ModelError(InputError):
    """A weights file cannot be used."""


class PretrainedError(ModelError):
    """An encoder's ImageNet weights are not to be had; a file, or starting from random ones, is the way on."""


class SwatchError(InputError):
    """A swatch file or colour book cannot be used."""


class JobError(InputError):
    """A job folder or a request cannot be used."""


class StorageError(ChromaDeskError):
    """A file could not be written; what was on disk before is still there."""

    exit_code = 2


class ChangedElsewhere(StorageError):
    """The mask at ``path`` is no longer the one that was opened or last saved here; it was left as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed outside since it was opened, and was left as it is; choose which of the two to keep."
        )
        self.path = path


class TeamError(ChromaDeskError):
    """Another process of the same training has gone, so that this one cannot go on either."""

    exit_code = 3


class Cancelled(ChromaDeskError):
    """The person asked a long function to stop; what it had saved stays."""
