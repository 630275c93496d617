"""Keep the views that people saved: an address within the desk, under a title and an id that can be cited."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Boolean, Column, Connection, Table, Text, insert, select, update

from standoff.errors import StoreError
from standoff.store.exact import ExactText
from standoff.store.record.tables import metadata

views = Table(
    "views",
    metadata,
    Column("id", ExactText, primary_key=True),
    Column("title", ExactText, nullable=False),
    Column("address", ExactText, nullable=False),
    Column("who", ExactText, nullable=False),
    Column("at", Text, nullable=False),
    Column("hidden", Boolean, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Hold a saved view: `address` is a path with its query, as "/search?words=talks". A hidden one is not listed."""

    id: str
    title: str
    address: str
    who: str
    at: str
    hidden: bool = False


def insert_view(connection: Connection, view: View) -> None:
    """Save a view. Raises StoreError if its id is taken."""
    if select_view(connection, view.id) is not None:
        raise StoreError(f"there is a view {view.id} already; give the new one an id of its own.")
    connection.execute(insert(views).values(asdict(view)))


def select_view(connection: Connection, key: str) -> View | None:
    """Give a view by its id, hidden or not, since it may have been cited."""
    row = connection.execute(select(views).where(views.c.id == key)).one_or_none()
    return None if row is None else View(**row._asdict())


def select_views(connection: Connection) -> tuple[View, ...]:
    """Give the views that are not hidden, the oldest first."""
    wanted = select(views).where(views.c.hidden.is_(False)).order_by(views.c.at, views.c.id)
    return tuple(View(**row._asdict()) for row in connection.execute(wanted))


def change_view(connection: Connection, key: str, *, title: str | None = None, hidden: bool | None = None) -> None:
    """Give a view another title, or hide it from the list or show it there; its address stays as it is."""
    values = {name: value for name, value in (("title", title), ("hidden", hidden)) if value is not None}
    if values:
        connection.execute(update(views).where(views.c.id == key).values(values))
