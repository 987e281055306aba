"""The store on a real SQLite file and on a real PostgreSQL: the same promises on both."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pgserver
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DatabaseError

from api.store import audit
from api.store.store import Store, StoreError, open_store
from api.store.tables import METADATA
from engine.decision.case.reading import canonical_case, read_case
from engine.decision.governing.law import Law, load_law
from engine.decision.letter.material import decide_for_letter
from engine.decision.record.inputs import Inputs, inputs_of
from engine.decision.record.record import Record, seal

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("cases", "records", "choices", "audit")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, started for these tests."""
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/er/store.sqlite3"
        return
    server: str = request.getfixturevalue("postgres")
    name = f"t{secrets.token_hex(6)}"
    admin = connect(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    yield server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


def connect(url: str, **options: Any) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"), **options)


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law(ROOT / "rulesets", cache=True)


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return inputs_of(ROOT / "rulesets")


def sealed(law: Law, inputs: Inputs, **changes: Any) -> Record:
    """A sealed decision of w08, which leaves a choice."""
    case = read_case((ROOT / "examples/w08.yaml").read_bytes(), law.vocabulary)
    plain = canonical_case(case, law.vocabulary) | changes
    case = read_case(json.dumps(plain).encode(), law.vocabulary, format="json")
    decision, material = decide_for_letter(case, law)
    return seal(
        case, decision, law, inputs,
        inference="rete", salt=secrets.token_hex(32), material=material,
    )  # fmt: skip


def test_a_record_is_kept_byte_for_byte_under_the_id_of_its_content(
    store: Store, law: Law, inputs: Inputs
) -> None:
    record = sealed(law, inputs)
    kept = store.put_record(record)
    assert kept.is_new
    for id in (kept.id, record.content["result"]["id"]):
        found = store.record(id)
        assert found is not None and found.record.as_bytes() == record.as_bytes()
    assert store.record("sha256:" + "0" * 64) is None


def test_the_same_decision_is_kept_once_with_its_first_seal(
    store: Store, law: Law, inputs: Inputs
) -> None:
    first, again = (store.put_record(sealed(law, inputs)) for _ in range(2))
    assert (first.id, first.is_new, again.is_new) == (again.id, True, False)
    assert again.record.as_bytes() == first.record.as_bytes()
    assert [entry.action for entry in store.audit()] == ["case", "decision"]


def test_a_case_is_kept_once_and_choices_lead_on_from_it(store: Store) -> None:
    id, is_new = store.put_case({"schema": "case/1", "n": 1})
    assert is_new and store.put_case({"n": 1, "schema": "case/1"}) == (id, False)
    first = store.case(id)
    assert first is not None and json.loads(first.content) == {"schema": "case/1", "n": 1}
    following, _ = store.put_case({"schema": "case/1", "n": 2}, first)
    second = store.case(following)
    assert second is not None and (second.origin, second.previous) == (id, id)


def test_choices_of_like_cases_are_found_and_those_of_the_same_case_are_not(
    store: Store, law: Law, inputs: Inputs
) -> None:
    point = "39.2/extra:birth.multiple@k2"
    rule = "cn/fujian/pfp-regulations/2002-07-26/39.2/extra"
    for number in range(6):
        choice = {"point": point, "value": f"2.{number}", "reasons": "难"}
        store.put_record(sealed(law, inputs, reference=f"c{number}", choices=[choice]))
    assert [one.value for one in store.choices(rule, "2–3")] == [f"2.{n}" for n in range(6)]
    record = sealed(
        law, inputs, reference="c0", choices=[{"point": point, "value": "2.0", "reasons": "难"}]
    )
    origin = store.put_record(record).record.content
    case_id, _ = store.put_case(origin["case"])
    assert len(store.choices(rule, "2–3", case_id)) == 5
    assert store.choices(rule, "1–3") == []


def test_nothing_that_is_kept_can_be_changed_or_taken_away(
    url: str, store: Store, law: Law, inputs: Inputs
) -> None:
    choice = {"point": "39.2/extra:birth.multiple@k2", "value": "2.5", "reasons": "难"}
    store.put_record(sealed(law, inputs, choices=[choice]))
    engine = connect(url)
    for table in KEPT:
        for statement in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET {key(table)} = {key(table)}",
        ):
            with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
                connection.execute(text(statement))
    engine.dispose()


def key(table: str) -> str:
    return "number" if table in ("choices", "audit") else "id"


def test_the_audit_trail_is_chained_and_says_where_it_was_broken(store: Store) -> None:
    for number in range(5):
        store.put_case({"n": number})
    entries = store.audit()
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert store.broken_at() is None
    for place, entry in enumerate(entries):
        altered = [*entries]
        altered[place] = audit.Entry(**{**entry.as_json(), "action": "other"})
        assert audit.broken(altered) == entry.number
        gone = [*entries[:place], *entries[place + 1 :]]
        assert audit.broken(gone) == (entries[place + 1].number if place < 4 else None)
    assert [entry.number for entry in store.audit(after=3)] == [4, 5]


def test_many_writers_at_once_make_one_chain(url: str, store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda n: store.put_case({"n": n % 20})[0], range(60)))
    assert len(set(ids)) == 20
    assert [entry.number for entry in store.audit()] == list(range(1, 21))
    assert store.broken_at() is None


def test_the_migrations_make_the_tables_that_the_code_knows(url: str, store: Store) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_a_store_that_is_opened_again_has_kept_everything(url: str, store: Store) -> None:
    id, _ = store.put_case({"n": 1})
    store.close()
    again = open_store(url)
    assert again.case(id) is not None
    again.close()


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(StoreError, match="SQLite or PostgreSQL"):
        open_store("mysql://nobody@nowhere/nothing")


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("", "SQLite or PostgreSQL"),
        ("decisions", "SQLite or PostgreSQL"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "no connection"),
    ],
)
def test_a_database_that_cannot_be_used_is_named(database: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        open_store(database)
