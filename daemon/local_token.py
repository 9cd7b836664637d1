"""The token by which the CLI on the same machine is let in."""

import secrets
from contextlib import suppress

from actors.store.files.data_dir import DataDir
from actors.store.files.durable import PRIVATE_FILE, write_private

TOKEN_BYTES = 32
_PRIVATE_FOLDER = 0o700


def load_or_create_local_token(data: DataDir) -> str:
    """Give the token, made at the first start; a mode that lets others read it is mended."""
    data.secrets.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    data.secrets.chmod(_PRIVATE_FOLDER)
    with suppress(FileNotFoundError):
        data.local_token.chmod(PRIVATE_FILE)
        if token := data.local_token.read_text(encoding="ascii").strip():
            return token
    return _create(data)


def _create(data: DataDir) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    write_private(data.local_token, f"{token}\n")
    return token
