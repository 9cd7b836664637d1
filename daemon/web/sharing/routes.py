"""The addresses of share links. A secret stands in the path, which nobody logs, and never in a query."""

from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.routing import BaseRoute, Route

from actors.store.store import Store
from daemon.service.around.proxies import AddressOf
from daemon.web.sharing.visits import Visits

# A form is sent, so that whoever only looks at links before people do, as mail scanners and messengers, downloads nothing.
_METHODS = ["GET", "POST"]


def share_routes(whole: Store, now: Callable[[], datetime], clock: Callable[[], float], address: AddressOf) -> Sequence[BaseRoute]:
    """Give the routes of share links; `now` is aware, `clock` counts seconds and never jumps; `address` tells whence a call comes."""
    visits = Visits(whole, now, clock, address)
    return [
        Route("/s/{secret}", visits.page, methods=_METHODS),
        Route("/s/{secret}/files/{place:int}", visits.file, methods=_METHODS),
        Route("/s/{secret}/all.zip", visits.bundle, methods=_METHODS),
    ]
