"""The window, its views and widgets."""

import ctypes
import sys


def _keep_none() -> None:
    """Make None immortal on Python 3.11, as it is from 3.12 on.

    PySide6 6.12 counts on that: each call of a Qt function without a result takes one reference
    of None too many, and after some seconds of painting 3.11 ends with ``none_dealloc``.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        word = ctypes.sizeof(ctypes.c_void_p)
        # The count is the last but one word of an object's head, also in builds that trace.
        count = ctypes.c_ssize_t.from_address(id(None) + object.__basicsize__ - 2 * word)
        if count.value < 1 << 60:
            count.value += 1 << 61


_keep_none()
