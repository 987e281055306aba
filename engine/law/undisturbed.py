"""Work that makes many objects, without pauses of the garbage collector.

    with undisturbed():
        ...

The collector would search again and again through objects of which none is garbage: a third of the
time of loading law, half of that of a search for what would change a result.

    search_rarely()         # once a process has loaded what it serves
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

RARELY: Final = 1000
"""So many searches of what is not new come before one of all that stayed."""


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


def search_rarely() -> None:
    """What is there now stays, and is searched no more; what answers add to it (compiled programs)
    stays, too, and is searched hardly ever. An answer leaves nothing behind that only the collector
    could free, and a search of everything takes half a second."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, RARELY)
