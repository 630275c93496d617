"""Run the revisions on the connection that `upgrading.py` hands over; Alembic loads this file by its path."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
