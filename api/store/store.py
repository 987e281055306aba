"""The store: SQLite in a file, or PostgreSQL by its URL, brought up to date when it is opened.

    store = open_store("sqlite:///var/tiaoli.sqlite3")
    id, is_new = store.put_case(canonical_case(case, vocabulary))
    store.case(id)

Whatever is stored is named by the digest of its content: storing it twice is storing it once, and
nobody can overwrite anything. Each new thing has an entry in the audit trail, in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import rfc8785
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from api.store import audit
from api.store.audit import Entry
from api.store.tables import CASES, CHOICES, RECORDS
from engine.decision.choosing.precedents import Earlier, choices_in
from engine.decision.record.commitment import digest
from engine.decision.record.record import Record, read_record

MIGRATIONS: Final = Path(__file__).parent / "migrations"
IN_MEMORY: Final = "sqlite://"
PAGE: Final = 1000
"""So many entries of the audit trail are read at a time."""


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case as it is kept. `origin`: the first of the cases that choices led on from."""

    id: str
    content: bytes
    origin: str
    previous: str | None


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A sealed decision as it is kept; `is_new`: it was not there before."""

    id: str
    record: Record
    is_new: bool = False


class Store:
    """Cases, sealed decisions, choices and the audit trail in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)

    # --- cases ------------------------------------------------------------------------------------
    def put_case(
        self, content: Mapping[str, Any], previous: StoredCase | None = None
    ) -> tuple[str, bool]:
        """Keep a canonical case; its id, and whether it is new."""
        id, now = digest(dict(content)), _now()
        row = {
            "id": id,
            "content": rfc8785.dumps(dict(content)),
            "origin": id if previous is None else previous.origin,
            "previous": None if previous is None else previous.id,
            "stored": now,
        }
        with self._writing.begin() as connection:
            is_new = _inserted(connection, CASES, row)
            if is_new:
                audit.append(connection, now, "case", id)
        return id, is_new

    def case(self, id: str) -> StoredCase | None:
        """A case by its id."""
        with self._engine.connect() as connection:
            row = connection.execute(select(CASES).where(CASES.c.id == id)).first()
        return None if row is None else StoredCase(row.id, row.content, row.origin, row.previous)

    # --- sealed decisions -------------------------------------------------------------------------
    def put_record(self, record: Record) -> StoredRecord:
        """Keep a sealed decision with its case. One that was made of the same case, with the same
        inputs and answer, is there already: that one is given."""
        content = record.content
        id = id_of_record(record)
        case_id, _ = self.put_case(content["case"])
        now = _now()
        row = {
            "id": id,
            "decision": content["result"]["id"],
            "case_id": case_id,
            "content": record.as_bytes(),
            "stored": now,
        }
        with self._writing.begin() as connection:
            is_new = _inserted(connection, RECORDS, row)
            if is_new:
                audit.append(connection, now, content["result"]["schema"].partition("/")[0], id)
                self._keep_choices(connection, case_id, content["result"])
        found = None if is_new else self.record(id)
        return StoredRecord(id, record, True) if found is None else found

    def record(self, id: str) -> StoredRecord | None:
        """A sealed decision by its own id, or the last one with this answer."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(RECORDS.c.id, RECORDS.c.content)
                .where((RECORDS.c.id == id) | (RECORDS.c.decision == id))
                .order_by(RECORDS.c.stored.desc(), RECORDS.c.id)
                .limit(1)
            ).first()
        return None if row is None else StoredRecord(row.id, read_record(row.content))

    # --- choices ----------------------------------------------------------------------------------
    def _keep_choices(
        self, connection: Connection, case_id: str, result: Mapping[str, Any]
    ) -> None:
        origin = connection.execute(
            select(CASES.c.origin).where(CASES.c.id == case_id)
        ).scalar_one()
        for choice in choices_in(result):
            row = {
                "origin": origin,
                "point": choice.point,
                "rule": choice.rule,
                "options": choice.options,
                "value": choice.value,
            }
            connection.execute(insert(CHOICES).values(row))

    def choices(self, rule: str, options: str, origin: str | None = None) -> list[Earlier]:
        """Choices under a rule between the same options, of each case the last one at each point;
        not those of one case."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(CHOICES)
                .where(CHOICES.c.rule == rule, CHOICES.c.options == options)
                .order_by(CHOICES.c.number)
            ).all()
        last = {(row.origin, row.point): row for row in rows if row.origin != origin}
        return [Earlier(row.rule, row.options, row.value, row.point) for row in last.values()]

    # --- the audit trail --------------------------------------------------------------------------
    def audit(self, after: int = 0, most: int = PAGE) -> list[Entry]:
        """Entries of the audit trail in order, beginning after a number."""
        with self._engine.connect() as connection:
            return audit.entries(connection, after, most)

    def entry(self, number: int) -> Entry | None:
        """The entry of the audit trail with a number."""
        found = self.audit(number - 1, 1)
        return found[0] if found and found[0].number == number else None

    def broken_at(self) -> int | None:
        """The number of the first entry of the audit trail that does not hold; None: all do."""
        previous, number = audit.FIRST, 0
        while page := self.audit(number):
            wrong = audit.broken(page, previous, number)
            if wrong is not None:
                return wrong
            previous, number = page[-1].hash, page[-1].number
        return None

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _inserted(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Whether a row was added; it is not if there is one with its id, perhaps of another writer."""
    if connection.execute(select(table.c.id).where(table.c.id == row["id"])).first():
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(dict(row)))
    except IntegrityError:
        return False
    return True


def id_of_record(record: Record) -> str:
    """The id of a sealed decision: of its case, its answer, and what it was made with. The salt and
    the signature are no part of it."""
    parts = ("schema", "engine", "files", "inference", "known_at", "case")
    content = {name: record.content[name] for name in parts}
    return digest(content | {"decision": record.content["result"]["id"]})


class StoreError(ValueError):
    """A database that cannot be used, in both languages."""


_WRITE: Final = (
    "数据库地址写 TIAOLI_DATABASE=sqlite:///文件 或者 postgresql://用户@主机/库"
    "；write SQLite or PostgreSQL: sqlite:///FILE or postgresql://USER@HOST/NAME"
)


def open_store(url: str) -> Store:
    """The store at a database URL, its tables made or brought up to date.

    Raises StoreError for what is no such URL, and for a database that cannot be reached.
    """
    try:
        return _open(url, make_url(url))
    except ArgumentError:
        raise StoreError(_WRITE) from None
    except OperationalError as error:
        raise StoreError(f"数据库连接不上 no connection to the database: {error.orig}") from None


def _open(url: str, parsed: URL) -> Store:
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.get_backend_name() != "sqlite":
        raise StoreError(_WRITE)
    if parsed.database and parsed.get_backend_name() == "sqlite":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {}
    if url == IN_MEMORY:
        options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    engine = create_engine(parsed, **options)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return Store(engine)


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Transactions are begun by us; a writer waits for another one; readers never wait."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: one that has read before it writes would be refused."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
