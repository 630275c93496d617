"""Write a record's events in the form that another tool reads."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

from standoff.errors import ConfigError
from standoff.export.dyads import write_dyads
from standoff.export.gdelt import write_gdelt
from standoff.export.plover import write_plover
from standoff.records import Record
from standoff.resolve.deeds import ALL, DONE

if TYPE_CHECKING:
    import os

FORMS = {"plover": write_plover, "dyads": write_dyads, "gdelt": write_gdelt}


def export_events(
    record: Record, path: str | os.PathLike[str], *, form: str, all_statuses: bool = False
) -> pathlib.Path:
    """Write the events to the file `path` and give that path; `form` is plover, dyads or gdelt.

    A happening that several articles tell of counts once. The dyads and GDELT's columns hold what is done or planned;
    with `all_statuses` what is hypothetical and what did not happen too. PLOVER's lines always hold all, with the
    status. Raises ConfigError for another form, or if the file cannot be written.
    """
    if form not in FORMS:
        raise ConfigError(f"“{form}” is not a form that events are written in; choose {', '.join(FORMS)}.")
    target = pathlib.Path(path)
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise ConfigError(f"{target} cannot be written; give a file in a folder that is there.")
    return FORMS[form](record, target, statuses=ALL if all_statuses or form == "plover" else DONE)
