"""The folder with everything that is kept on this machine: own keys, embedded database."""

import os
from pathlib import Path

from service.domain.errors import Misconfigured


def made_data_dir(folder: Path) -> None:
    """Make it when it does not exist: closed to others.

    One that root makes can be passed through, not read: the server of the embedded database
    runs as another user.

    Raises:
        Misconfigured: it cannot be made.
    """
    if folder.is_dir():
        return
    try:
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"De map {folder} kan niet worden gemaakt: {error.strerror}. "
            "Kies een andere met MELDROUTE_DATA_DIR."
        ) from error
