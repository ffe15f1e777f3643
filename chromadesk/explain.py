"""Any error as the person shall read it: one sentence, and the exit code of the command."""

from __future__ import annotations

from chromadesk.errors import Cancelled, ChromaDeskError
from chromadesk.sentences import sentence

#: What shells expect of a command ended by Ctrl+C.
INTERRUPTED = 130
#: How PyTorch says that there is not enough memory, on a GPU (cuDNN's way too) and on a CPU.
_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory", "cudnn_status_alloc_failed")


def out_of_memory(error: BaseException) -> bool:
    """Whether ``error`` says that memory, a GPU's or the machine's, was too small."""
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in _NO_MEMORY)


def explain(error: BaseException) -> tuple[str, int]:
    """The sentence for ``error`` and the exit code."""
    text, code = _explain(error)
    return sentence(text), code


def _explain(error: BaseException) -> tuple[str, int]:
    if isinstance(error, Cancelled):
        return str(error), INTERRUPTED
    if isinstance(error, ChromaDeskError):
        return str(error), error.exit_code
    if out_of_memory(error):
        return "There is not enough memory for this; close other programs or give it smaller photos or batches.", 1
    if isinstance(error, ImportError):
        return f"A part of ChromaDesk cannot be loaded ({error}); chromadesk doctor says what is missing.", 1
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} cannot be used: {error.strerror}.", 2
    first = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return f"ChromaDesk failed: {first} (set CHROMADESK_DEBUG=1 for details).", 1
