"""The window, its views and widgets."""

import ctypes
import sys


def _keep_constants() -> None:
    """Make None, True and False immortal on Python 3.11, as they are from 3.12 on.

    PySide6 6.12 counts on that: each call of a Qt function without a result takes one reference
    of None too many, and after some minutes of use 3.11 ends with ``none_dealloc``.
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    word = ctypes.sizeof(ctypes.c_void_p)
    # The count is the last but one word of an object's head, also in builds that trace.
    place = object.__basicsize__ - 2 * word
    for constant in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(constant) + place)
        if count.value < 1 << 60:
            count.value += 1 << 61


_keep_constants()
