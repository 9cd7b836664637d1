"""The key that unseals what the database keeps secret, at the start."""

import structlog

from actors.sealing.errors import KeyUnusable
from actors.sealing.key_file import load_or_create_keys
from actors.sealing.seals import Seals
from actors.store.nouns.sealed import is_sealed
from actors.store.store import Store
from daemon.start_error import StartError

log = structlog.get_logger()


def open_seals(store: Store) -> Seals:
    """Read the key, made at the first start; seal what an older version has kept plain, and say what can't be read. Raises StartError."""
    try:
        seals = Seals(load_or_create_keys(store.data.secrets_key))
    except KeyUnusable as error:
        raise StartError(str(error)) from error
    kept = store.secrets.kept()
    if not all(map(is_sealed, kept)):
        store.secrets.change_all(seals.seal_again)
    if lost := sum(not seals.opens(secret) for secret in kept):
        log.warning(
            "secrets can't be read: put the key back that sealed them, or enter them again",
            secrets=lost,
            key=str(store.data.secrets_key),
        )
    return seals
