"""Work dealt out to processes, and what came of it in the order in which it was asked for.

>>> def squares():
...     kept = {}                       # each process keeps what it found for itself
...     return lambda n: kept.setdefault(n, n * n)
>>> list(spread(squares, 4, jobs=2))
[0, 1, 4, 9]

The processes are forked and see all that was read before; what comes back is pickled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from typing import Any, Final, TypeVar

Result = TypeVar("Result")
Work = Callable[[int], Result]

AT_ONCE: Final = 4
"""Neighbours that go to one process: what it found for one serves the next."""

_works: list[Work[Any]] = []
"""The work of a forked process: set as it starts, never in the process that forks."""


def spread(begin: Callable[[], Work[Result]], number: int, *, jobs: int = 1) -> Iterator[Result]:
    """The results of work on 0, 1, … below a number; `begin` gives each process its work.

    `jobs`: how many processes; where none can be forked, and for 1, all is done in this one. What
    the work raises comes up here.
    """
    if jobs == 1 or "fork" not in get_all_start_methods():
        yield from map(begin(), range(number))
        return
    with ProcessPoolExecutor(jobs, get_context("fork"), _started, (begin,)) as pool:
        try:
            yield from pool.map(_done, range(number), chunksize=AT_ONCE)
        finally:
            pool.shutdown(cancel_futures=True)


def _started(begin: Callable[[], Work[Any]]) -> None:
    _works.append(begin())


def _done(number: int) -> Any:
    return _works[0](number)
