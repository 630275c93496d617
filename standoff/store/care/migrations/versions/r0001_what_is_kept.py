"""Make the tables that are kept; a store of version 0.1.0 has the first two, and may lack the readings' digests."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

REFUSAL = "judgements are never changed or removed; withdraw them by further ones"


def upgrade() -> None:
    """Bring a store from nothing, or from version 0.1.0, to revision 0001."""
    inspector = sa.inspect(op.get_bind())
    there = set(inspector.get_table_names())
    if "about" not in there:
        op.create_table(
            "about",
            sa.Column("key", sa.Text(), primary_key=True),
            sa.Column("value", sa.JSON(), nullable=False),
        )
    if "readings" not in there:
        op.create_table(
            "readings",
            sa.Column("article", sa.Text(), primary_key=True),
            sa.Column("made_by", sa.JSON(), nullable=False),
            sa.Column("digest", sa.Text()),
            sa.Column("body", sa.JSON(), nullable=False),
        )
    elif "digest" not in {column["name"] for column in inspector.get_columns("readings")}:
        op.add_column("readings", sa.Column("digest", sa.Text()))
    _make_desk_tables()
    _keep_judgements()


def _make_desk_tables() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("other", sa.Text()),
        sa.Column("fields", sa.JSON()),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("passage", sa.JSON()),
        sa.Column("rests_on", sa.JSON(), nullable=False),
    )
    op.create_index("judgements_by_entry", "judgements", ["entry"])
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
    )
    op.create_table(
        "views",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("password", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text(), primary_key=True),
        sa.Column("account", sa.Text(), sa.ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])


def _keep_judgements() -> None:
    """Let the database itself refuse what would change or remove a judgement."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER judgements_no_{deed.lower()} BEFORE {deed} ON judgements "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER judgements_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON judgements "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
