"""Write a file whole or not at all."""

from __future__ import annotations

import os
import pathlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def replace_file(path: str | os.PathLike[str]) -> Iterator[pathlib.Path]:
    """Give a place beside `path` to write to, and put what was written in its place once the block ends well.

    Whoever opens `path` meanwhile reads the old file, and a run that fails or is stopped leaves it as it was. A device
    or a pipe, as /dev/stdout is, is written to itself; of a link the file behind it is replaced. An OSError names
    `path`, not the place beside it.

    >>> import tempfile
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "record.json"
    >>> with replace_file(target) as place:
    ...     written = place.write_text("{}"), target.exists()
    >>> written, target.read_text()
    ((2, False), '{}')
    """
    target = pathlib.Path(os.path.realpath(path))
    if os.fspath(path).startswith("/dev/") or (target.exists() and not target.is_file()):
        yield pathlib.Path(path)
        return
    place = target.with_name(f".{os.getpid()}-{target.name}")
    try:
        yield place
        if target.exists():
            shutil.copymode(target, place)
        place.replace(target)
    except OSError as error:
        if error.filename == str(place):
            error.filename = str(path)
        raise
    finally:
        place.unlink(missing_ok=True)
