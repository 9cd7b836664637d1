"""The way to the daemon that runs on the same folder."""

import scriba
from actors.store.files.data_dir import DataDir
from daemon.local_token import load_or_create_local_token
from daemon.settings.model import Settings


def client_of(settings: Settings) -> scriba.Client:
    """Give a client that the daemon knows, whatever it asks of others."""
    token = load_or_create_local_token(DataDir(settings.data_dir))
    local = scriba.read_local_server(settings.data_dir)
    scheme = "https" if local else "http"
    return scriba.Client(f"{scheme}://{settings.listen.reachable}", token, trust=local.trust if local else scriba.Trust())
