"""Years that zip archives can hold, for computers whose clock is far off: one without a battery begins at 1970."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

_FIRST = (1980, 1, 1, 0, 0, 0)
_YEARS = range(1980, 2108)


@contextmanager
def possible_dates() -> Iterator[None]:
    """Archives written in the block get the first day of zip's calendar where the clock is outside it.

    zipfile refuses such a time, and the libraries that write Office files leave no way to give it another one. Nothing
    is exchanged while the clock is sane.
    """
    if time.localtime(time.time()).tm_year in _YEARS:
        yield
        return
    clock = SimpleNamespace(time=time.time, localtime=lambda seconds=None: _FIRST)
    names = vars(zipfile)
    kept, names["time"] = names["time"], clock
    try:
        yield
    finally:
        names["time"] = kept
