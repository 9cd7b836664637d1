"""`scribad secrets rotate`: secrets are sealed with a new key, and the old one is forgotten."""

from actors.sealing.errors import KeyUnusable
from actors.sealing.rotation import rotate
from daemon.commands.no_archive import opened, require_archive
from daemon.instance import only_instance
from daemon.settings.model import Settings
from daemon.start_error import StartError


def rotate_key(settings: Settings) -> str:
    """Change the key and say what is done now. Raises AlreadyRunning, NoArchiveHere, StartError, OSError."""
    require_archive(settings)
    with only_instance(settings.data_dir, patience_seconds=0), opened(settings) as store:
        try:
            seals = rotate(store.data.secrets_key, store.secrets.change_all)
            kept = store.secrets.kept()
        except KeyUnusable as error:
            raise StartError(str(error)) from error
    lost = sum(not seals.opens(secret) for secret in kept)
    return "\n".join(in_words(len(kept) - lost, lost))


def in_words(sealed: int, lost: int) -> list[str]:
    """Say how many secrets have the new key, and how many no key opens."""
    lines = [f"A new key is in secrets/secrets.key; {sealed} {'secret is' if sealed == 1 else 'secrets are'} sealed with it. Back it up."]
    if lost:
        which = ("was", "it") if lost == 1 else ("were", "them")
        lines.append(f"{lost} {which[0]} sealed with a key that is not there: enter {which[1]} again.")
    return lines
