"""The one writer of the index."""

from actors.index.index import Index
from actors.store.store import join_store
from daemon.cast.shelf import Shelf
from daemon.script import Script


def make_index(script: Script) -> Index:
    """Build it on the store."""
    store = join_store(script.store_url, script.data)
    return Index(Shelf(store), script.data.index, checkpoint=script.checkpoint)
