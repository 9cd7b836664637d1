"""What Envoy is told: one listener, gRPC to one Unix socket, the rest to the other, and a limit on everything a stranger could fill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from daemon.edge.tls_config import TlsPlan, hsts_headers, plain_text_routes, transport_socket
from daemon.listen import ListenAddress

# Carries the address of whoever opened the connection; what a caller writes there is overwritten.
PEER_HEADER = "x-scriba-peer"
# Carries the host that was called, which gRPC keeps from servicers; likewise.
HOST_HEADER = "x-scriba-host"
NOT_GRPC = "this takes gRPC and grpc-web\n"

MAX_CONNECTIONS = 1_000
MAX_STREAMS = 100
MAX_HEADER_KIB = 16  # the servicers' own limit for metadata is 8; a browser on localhost also brings the cookies of its neighbours
MAX_HEADERS = 100
BUFFER_BYTES = 1024 * 1024  # per connection and direction; a transfer is slowed down, never gathered in memory
STREAM_WINDOW_BYTES = 1024 * 1024
CONNECTION_WINDOW_BYTES = 2 * 1024 * 1024
# Towards the servicers every stream has room of its own: downloads that nobody reads would else use up what all calls share.
# A connection to them carries half the calls that it could, so that there is always room for one more on the next.
INNER_STREAMS = MAX_STREAMS // 2
INNER_STREAM_WINDOW_BYTES = 256 * 1024
INNER_CONNECTION_WINDOW_BYTES = MAX_STREAMS * INNER_STREAM_WINDOW_BYTES
HEADERS_SECONDS = 10
IDLE_CONNECTION_SECONDS = 3_600
# A watch may see nothing for long, and its client can resume; a page can't take that long.
IDLE_RPC_SECONDS = 3_600
WEB_SECONDS = 60
# What stands behind links goes over slow lines: gigabytes take hours, and what both ends have buffered already takes minutes.
LINK_PREFIXES = ("/s/", "/u/")
IDLE_LINK_SECONDS = 600
IDLE_UPSTREAM_SECONDS = 30  # less than what the ASGI server waits, so that no request meets a connection being closed
# What the allocator has free goes back to the system, this much a second: 20 of 135 MB after a flood of downloads, and nothing otherwise.
RELEASE_BYTES = 32 * 1024 * 1024
KEEPALIVE_SECONDS = 30
KEEPALIVE_ANSWER_SECONDS = 20


@dataclass(frozen=True, slots=True)
class EdgePlan:
    """Where Envoy listens, whom it passes calls on to, and how it speaks: plain text without `tls`."""

    listen: ListenAddress
    rpc_socket: Path
    web_socket: Path
    admin_socket: Path
    max_connections: int = MAX_CONNECTIONS
    tls: TlsPlan | None = None


def envoy_config(plan: EdgePlan) -> dict[str, object]:
    """Write Envoy's bootstrap configuration, to be dumped as JSON."""
    return {
        "node": {"id": "edge", "cluster": "scriba"},  # secrets are only asked for by somebody with a name
        "admin": {"address": _pipe(plan.admin_socket)},
        "static_resources": {
            "listeners": [_listener(plan)],
            "clusters": [_cluster("rpc", plan.rpc_socket, h2=True), _cluster("web", plan.web_socket, h2=False)],
        },
        "memory_allocator_manager": {"bytes_to_release": RELEASE_BYTES, "memory_release_interval": "1s"},
        "overload_manager": {
            "resource_monitors": [
                {
                    "name": "envoy.resource_monitors.global_downstream_max_connections",
                    "typed_config": {
                        "@type": _type("resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig"),
                        "max_active_downstream_connections": plan.max_connections,
                    },
                }
            ]
        },
    }


def _listener(plan: EdgePlan) -> dict[str, object]:
    address: dict[str, object] = {"address": plan.listen.host, "port_value": plan.listen.port}
    if plan.listen.host == "::":
        address["ipv4_compat"] = True
    return {
        "name": "edge",
        "address": {"socket_address": address},
        "enable_reuse_port": False,  # else a second daemon could share the port, and take every other call
        "per_connection_buffer_limit_bytes": BUFFER_BYTES,
        **_ways_in(plan.tls),
    }


def _ways_in(tls: TlsPlan | None) -> dict[str, object]:
    routes: list[Mapping[str, object]] = [rpc_route(), *not_grpc_routes(), *_link_routes(), _web_route()]
    if tls is None:
        return {"filter_chains": [{"filters": [_connection_manager(routes)]}]}
    encrypted = {
        "filter_chain_match": {"transport_protocol": "tls"},
        "transport_socket": transport_socket(tls),
        "transport_socket_connect_timeout": f"{HEADERS_SECONDS}s",
        "filters": [_connection_manager(routes, hsts_headers(tls.hsts_seconds))],
    }
    plain = {"filter_chain_match": {"transport_protocol": "raw_buffer"}, "filters": [_connection_manager(plain_text_routes())]}
    inspector = {
        "name": "envoy.filters.listener.tls_inspector",
        "typed_config": {"@type": _type("filters.listener.tls_inspector.v3.TlsInspector")},
    }
    return {"listener_filters": [inspector], "listener_filters_timeout": f"{HEADERS_SECONDS}s", "filter_chains": [encrypted, plain]}


def _connection_manager(routes: Sequence[Mapping[str, object]], answer_headers: Sequence[Mapping[str, object]] = ()) -> dict[str, object]:
    manager = {
        "@type": _type("filters.network.http_connection_manager.v3.HttpConnectionManager"),
        "stat_prefix": "edge",
        "codec_type": "AUTO",
        "use_remote_address": True,  # an edge: drops the x-envoy-* headers that strangers send
        "skip_xff_append": True,  # so that the header is there only where a proxy stands before us; PEER_HEADER tells who called
        "server_header_transformation": "PASS_THROUGH",
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "REJECT_REQUEST",
        "max_request_headers_kb": MAX_HEADER_KIB,
        "request_headers_timeout": f"{HEADERS_SECONDS}s",
        "stream_idle_timeout": f"{WEB_SECONDS}s",
        "common_http_protocol_options": {
            "idle_timeout": f"{IDLE_CONNECTION_SECONDS}s",
            "max_headers_count": MAX_HEADERS,
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        "http2_protocol_options": {
            "max_concurrent_streams": MAX_STREAMS,
            "initial_stream_window_size": STREAM_WINDOW_BYTES,
            "initial_connection_window_size": CONNECTION_WINDOW_BYTES,
            "connection_keepalive": {"interval": f"{KEEPALIVE_SECONDS}s", "timeout": f"{KEEPALIVE_ANSWER_SECONDS}s"},
        },
        "http_filters": [
            {"name": "envoy.filters.http.grpc_web", "typed_config": {"@type": _type("filters.http.grpc_web.v3.GrpcWeb")}},
            {"name": "envoy.filters.http.router", "typed_config": {"@type": _type("filters.http.router.v3.Router")}},
        ],
        "route_config": {
            "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": list(routes)}],
            "response_headers_to_add": list(answer_headers),
            "request_headers_to_add": [
                {"header": {"key": name, "value": value}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
                for name, value in ((PEER_HEADER, "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%"), (HOST_HEADER, "%REQ(:AUTHORITY)%"))
            ],
        },
    }
    return {"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}


def rpc_route() -> dict[str, Mapping[str, object]]:
    """Give what goes to the servicers, with no limit on a whole RPC: an upload takes as long as it takes."""
    rpc = {"cluster": "rpc", "timeout": "0s", "idle_timeout": f"{IDLE_RPC_SECONDS}s"}
    spoken_grpc = [{"name": "content-type", "string_match": {"prefix": "application/grpc"}}]
    return {"match": {"prefix": "/", "headers": spoken_grpc}, "route": rpc}


def not_grpc_routes() -> list[dict[str, Mapping[str, object]]]:
    """Answer calls that are none: gRPC for Python carries out what comes as a form, too, which any page may have a browser send."""
    refusal = {"status": 415, "body": {"inline_string": NOT_GRPC}}
    return [{"match": {"prefix": prefix}, "direct_response": refusal} for prefix in ("/scriba.v1.", "/grpc.")]


def _link_routes() -> list[dict[str, object]]:
    link = {"cluster": "web", "timeout": "0s", "idle_timeout": f"{IDLE_LINK_SECONDS}s"}
    return [{"match": {"prefix": prefix}, "route": link} for prefix in LINK_PREFIXES]


def _web_route() -> dict[str, object]:
    return {"match": {"prefix": "/"}, "route": {"cluster": "web", "timeout": f"{WEB_SECONDS}s"}}


def _cluster(name: str, socket: Path, h2: bool) -> dict[str, object]:
    protocol: dict[str, object] = (
        {
            "http2_protocol_options": {
                "max_concurrent_streams": INNER_STREAMS,
                "initial_stream_window_size": INNER_STREAM_WINDOW_BYTES,
                "initial_connection_window_size": INNER_CONNECTION_WINDOW_BYTES,
            }
        }
        if h2
        else {"http_protocol_options": {}}
    )
    return {
        "name": name,
        "type": "STATIC",
        "connect_timeout": "2s",
        "per_connection_buffer_limit_bytes": BUFFER_BYTES,
        "circuit_breakers": {"thresholds": [{"max_connections": MAX_CONNECTIONS, "max_requests": 10 * MAX_CONNECTIONS}]},
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [{"endpoint": {"address": _pipe(socket)}}]}]},
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": _type("upstreams.http.v3.HttpProtocolOptions"),
                "common_http_protocol_options": {"idle_timeout": f"{IDLE_UPSTREAM_SECONDS}s"},
                "explicit_http_config": protocol,
            }
        },
    }


def _pipe(path: Path) -> dict[str, object]:
    return {"pipe": {"path": str(path), "mode": 0o600}}


def _type(name: str) -> str:
    return f"type.googleapis.com/envoy.extensions.{name}"
