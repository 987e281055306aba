"""The first tables, and triggers by which nothing in them is changed or taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(71)
KEPT = ("cases", "records", "choices", "audit")


def upgrade() -> None:
    """Makes the tables and their triggers."""
    op.create_table(
        "cases",
        sa.Column("id", ID, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("previous", ID),
        sa.Column("stored", sa.String(32), nullable=False),
    )
    op.create_table(
        "records",
        sa.Column("id", ID, primary_key=True),
        sa.Column("decision", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("stored", sa.String(32), nullable=False),
    )
    op.create_index("records_by_decision", "records", ["decision", "stored"])
    op.create_table(
        "choices",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("origin", ID, nullable=False),
        sa.Column("point", sa.String(400), nullable=False),
        sa.Column("rule", sa.String(400), nullable=False),
        sa.Column("options", sa.String(400), nullable=False),
        sa.Column("value", sa.String(400), nullable=False),
    )
    op.create_index("choices_by_rule", "choices", ["rule", "options"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", ID, nullable=False),
        sa.Column("previous", ID, nullable=False),
        sa.Column("hash", ID, nullable=False, unique=True),
    )
    for statement in _triggers(op.get_bind().dialect.name):
        op.execute(statement)


def _triggers(dialect: str) -> list[str]:
    """Statements by which a database refuses to change or delete a row."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_keeps_{what.lower()} BEFORE {what} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            for table in KEPT
            for what in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            for table in KEPT
        ),
    ]


def downgrade() -> None:
    """Refused: it would take away what is kept."""
    raise NotImplementedError("what is kept is not taken away")
