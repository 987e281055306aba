"""What is published stays as it is: the hashes of its files, in `PUBLISHED.lock`.

    done = publish(Path("rulesets"))
    done.added, done.standing

The lock has a line for each file of the law (versions, vocabulary, statistics, sources, places), as
`sha256sum` writes them, so that `sha256sum -c PUBLISHED.lock` says the same as `tiaoli check`. The
lists of what is encoded (`coverage/`, `in-time/`) say nothing that decides, and are not held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.law.registry import LOCK, hash_files, read_lock

HELD: Final = (".yaml", ".csv")
NOT_HELD: Final = frozenset({"coverage", "in-time", "seeds"})


@dataclass(frozen=True, slots=True)
class Publication:
    """The files that were published now, and those that were before; paths in order."""

    added: tuple[str, ...]
    standing: tuple[str, ...]


class EditedError(ValueError):
    """Published files that were changed or taken away since."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.paths = paths
        super().__init__(", ".join(paths))


def publish(rulesets: Path) -> Publication:
    """Adds what is new in a folder of rulesets to its lock.

    Raises EditedError, and leaves the lock alone, if something published is not as it was: a
    correction is a file of its own, `<version>.r2.yaml`.
    """
    now, before = _held(rulesets), read_lock(rulesets)
    edited = tuple(path for path, found in before.items() if now.get(path) != found)
    if edited:
        raise EditedError(tuple(sorted(edited)))
    lines = [f"{found}  {path}\n" for path, found in sorted(now.items())]
    (rulesets / LOCK).write_text("".join(lines), encoding="utf-8", newline="\n")
    return Publication(tuple(path for path in now if path not in before), tuple(sorted(before)))


def _held(rulesets: Path) -> Mapping[str, str]:
    return {
        path: found
        for path, found in hash_files(rulesets).items()
        if path.endswith(HELD) and path.partition("/")[0] not in NOT_HELD
    }
