"""The token by which the CLI on the same machine is let in."""

import os
import secrets
from contextlib import suppress

from actors.store.files.data_dir import DataDir
from actors.store.files.durable import place_file

TOKEN_BYTES = 32
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700


def load_or_create_local_token(data: DataDir) -> str:
    """Give the token, made at the first start; a mode that lets others read it is mended."""
    data.secrets.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    data.secrets.chmod(_PRIVATE_FOLDER)
    with suppress(FileNotFoundError):
        data.local_token.chmod(_PRIVATE_FILE)
        if token := data.local_token.read_text(encoding="ascii").strip():
            return token
    return _create(data)


def _create(data: DataDir) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    draft = data.secrets / "local.token.new"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE), "w", encoding="ascii") as file:
        file.write(f"{token}\n")
        file.flush()
        os.fsync(file.fileno())
    place_file(draft, data.local_token)
    return token
