"""What a browser and a monitor get beside RPCs: the client, health, readiness, metrics."""

import hmac
import ipaddress
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from actors.store.files.health import StoreHealth
from daemon.edge.envoy_config import PEER_HEADER
from daemon.web.client.files import ClientFiles
from daemon.web.client.place import built_client
from daemon.web.headers import SecurityHeaders

PAGE = Path(__file__).with_name("page")
# Where one of them is, a proxy speaks, and its being on this machine says nothing of the caller.
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "via")
_NEVER_KEPT = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class WebParts:
    """What the web app asks of the house, which must not block.

    `parts` names each part of the daemon and tells whether it serves; `sandbox` how far its decoders are shut in, '' while nobody knows;
    `health` what the store allows.
    """

    parts: Callable[[], Mapping[str, bool]]
    sandbox: Callable[[], str]
    health: Callable[[], StoreHealth]
    registry: CollectorRegistry
    token: str


def web_app(house: WebParts, rooms: Sequence[BaseRoute] = (), client: Path | None = None) -> Starlette:
    """Build the ASGI app; `rooms` are the routes of the subjects beside this one, `client` the folder of the built web client."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n", headers=_NEVER_KEPT)

    async def readyz(_request: Request) -> Response:
        parts, health = dict(house.parts()), house.health()
        ready = all(parts.values()) and health.writable
        told = {"ready": ready, "accepting": health.accepting, "problem": health.problem, "parts": parts, "sandbox": house.sandbox()}
        return JSONResponse(told, status_code=200 if ready else 503, headers=_NEVER_KEPT)

    def metrics(request: Request) -> Response:  # not async: collecting asks the database, so it runs in a thread
        if not may_read_metrics(request.headers, house.token):
            return PlainTextResponse("metrics need the token, or a caller on this machine\n", status_code=401, headers=_NEVER_KEPT)
        return Response(generate_latest(house.registry), media_type=CONTENT_TYPE_LATEST, headers=_NEVER_KEPT)

    routes = [
        *rooms,
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/{path:path}", ClientFiles(client or built_client(), PAGE)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])


def may_read_metrics(headers: Mapping[str, str], token: str) -> bool:
    """Let in the bearer of the token, and callers on this machine unless they call for somebody else."""
    if hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        return True
    if any(name in headers for name in PROXY_HEADERS):
        return False
    try:
        peer = ipaddress.ip_address(headers.get(PEER_HEADER, ""))
    except ValueError:
        return False
    mapped = peer.ipv4_mapped if isinstance(peer, ipaddress.IPv6Address) else None
    return (mapped or peer).is_loopback
