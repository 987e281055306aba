"""The audit trail: what was done, in order, each entry chained to the one before by its hash.

Nobody can change, insert or leave out an entry without every later hash being another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from api.store.tables import AUDIT
from engine.decision.record.commitment import digest

FIRST: Final = "sha256:" + "0" * 64
"""What stands for the entry before the first."""
TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `subject`: the id of what it was done to."""

    number: int
    at: str
    action: str
    subject: str
    previous: str
    hash: str

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "number": self.number,
            "at": self.at,
            "action": self.action,
            "subject": self.subject,
            "previous": self.previous,
            "hash": self.hash,
        }


class BusyError(RuntimeError):
    """Others wrote at the same time, again and again."""


def append(connection: Connection, at: str, action: str, subject: str) -> Entry:
    """Add an entry after the last one. Two writers who found the same last entry differ in the
    number: the one who comes second tries again."""
    for _ in range(TRIES):
        last = connection.execute(
            select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)
        ).first()
        number, previous = (1, FIRST) if last is None else (last.number + 1, last.hash)
        entry = _entry(number, at, action, subject, previous)
        try:
            with connection.begin_nested():
                connection.execute(insert(AUDIT).values(**entry.as_json()))
        except IntegrityError:
            continue
        return entry
    raise BusyError(f"the audit trail was taken {TRIES} times")


def entries(connection: Connection, after: int, most: int) -> list[Entry]:
    """Entries in order, beginning after a number."""
    found = connection.execute(
        select(AUDIT).where(AUDIT.c.number > after).order_by(AUDIT.c.number).limit(most)
    )
    return [Entry(**row._mapping) for row in found]


def broken(chain: Iterable[Entry], previous: str = FIRST, number: int = 0) -> int | None:
    """The number of the first entry that does not follow from the one before; None: all do."""
    for entry in chain:
        made = _entry(number + 1, entry.at, entry.action, entry.subject, previous)
        if made != entry:
            return entry.number
        previous, number = entry.hash, entry.number
    return None


def _entry(number: int, at: str, action: str, subject: str, previous: str) -> Entry:
    content = {"number": number, "at": at, "action": action, "subject": subject}
    return Entry(number, at, action, subject, previous, digest(content | {"previous": previous}))
