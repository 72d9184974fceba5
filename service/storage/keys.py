"""Secret keys kept in a file that only its owner can read."""

import os
import secrets
import stat
from pathlib import Path

from service.domain.errors import Misconfigured
from service.storage.data_dir import made_data_dir


def kept_key(file: Path) -> str:
    """The key in ``file`` (64 hexadecimal digits); made on the first call, with mode 0600.

    Two processes that start together end up with the same key.

    Raises:
        Misconfigured: others can read the file, it is damaged, or it cannot be made.
    """
    try:
        if not file.exists():
            _make(file)
        return _read(file)
    except OSError as error:
        raise Misconfigured(
            f"De sleutel {file} kan niet worden gelezen of gemaakt: {error.strerror}."
        ) from error


def _make(file: Path) -> None:
    """Written aside and then linked, so that nobody ever sees half a key."""
    made_data_dir(file.parent)
    draft = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_hex(32))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first; its key counts
    finally:
        draft.unlink()


def _read(file: Path) -> str:
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise Misconfigured(f"Anderen kunnen de sleutel {file} lezen: doe `chmod 600 {file}`.")
    key = file.read_text().strip()
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise Misconfigured(f"De sleutel {file} is beschadigd: zet hem terug uit een reservekopie.")
    return key
