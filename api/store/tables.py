"""The tables of the store. Rows are added and never changed: what is stored is named by content.

A change of a table is a migration (`migrations/versions/`); a test holds the two together.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

METADATA: Final = MetaData()
_ID: Final = String(71)
"""`sha256:` and 64 hexadecimal digits."""

CASES: Final = Table(
    "cases",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("origin", _ID, nullable=False),
    Column("previous", _ID),
    Column("stored", String(32), nullable=False),
)
"""Canonical cases (RFC 8785). `previous`: the case that this one was made from by a choice;
`origin`: the first of them."""

RECORDS: Final = Table(
    "records",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("decision", _ID, nullable=False),
    Column("case_id", _ID, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("stored", String(32), nullable=False),
    Index("records_by_decision", "decision", "stored"),
)
"""Sealed decisions (`record/1`). The id is that of the case, the answer, and what it was made with;
`decision`: the id of the answer, which several cases may have."""

CHOICES: Final = Table(
    "choices",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("origin", _ID, nullable=False),
    Column("point", String(400), nullable=False),
    Column("rule", String(400), nullable=False),
    Column("options", String(400), nullable=False),
    Column("value", String(400), nullable=False),
    Index("choices_by_rule", "rule", "options"),
)
"""Choices with reasons, to be compared in like cases: the last of a case at a point counts."""

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", _ID, nullable=False),
    Column("previous", _ID, nullable=False),
    Column("hash", _ID, nullable=False, unique=True),
)
"""What was done, in order; each entry holds the hash of the one before."""
