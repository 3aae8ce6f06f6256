"""Large tables in large pages of memory, where the system has them: what is looked up all over a table waits less for its address.

NumPy asks for large pages for arrays that it allocates, but not for those that come zeroed (measured: 25 to 40 % more posts/s at a million).
"""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

LEAST_BYTES = 1 << 22  # below that a table fits in a few pages of either kind


def zeros(count: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """`count` zeros of `dtype`, as `np.zeros` gives them; memory is taken as it is first written to."""
    size = count * np.dtype(dtype).itemsize
    advice = getattr(mmap, "MADV_HUGEPAGE", None)  # Linux only
    if advice is None or size < LEAST_BYTES:
        return np.zeros(count, dtype)
    memory = mmap.mmap(-1, size)
    try:
        memory.madvise(advice)
    except OSError:
        return np.zeros(count, dtype)  # a kernel built without them
    return np.frombuffer(memory, dtype, count)
