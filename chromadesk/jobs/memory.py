"""Whether an error says that memory, a GPU's or the machine's, was too small. No torch."""

from __future__ import annotations

#: What PyTorch's errors say: CUDA's and cuDNN's, and the CPU's allocator on each system.
_WORDS = ("out of memory", "can't allocate memory", "not enough memory", "cudnn_status_alloc_failed")


def is_full(error: BaseException) -> bool:
    """Whether ``error`` says so."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or any(words in text for words in _WORDS)
