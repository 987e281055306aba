"""Work that makes many objects, without pauses of the garbage collector.

    with undisturbed():
        ...

The collector would search again and again through objects of which none is garbage: a third of the
time of loading law, half of that of a search for what would change a result.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for garbage inside. It is one setting of the process: the first thread out of
    several turns it on again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
