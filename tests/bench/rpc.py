"""What the edge costs: the same call through Envoy and straight to the socket behind it, in turns."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import grpc

from daemon.sockets import Sockets
from scriba.v1 import admin_pb2, admin_pb2_grpc
from tests.bench.report import Report
from tests.bench.timing import p50, p99, time_of, times_of
from tests.running import running

ROUNDS = 1_500
WARM_ROUNDS = 200
THREADS = 8


def measure(folder: Path) -> Report:
    """Call through two warm channels, one call after another, then many at once."""
    with running(folder / "data") as daemon:
        direct = Sockets(daemon.data.run).rpc_target
        with grpc.insecure_channel(daemon.address) as edge, grpc.insecure_channel(direct) as socket:
            through, straight = admin_pb2_grpc.AdminServiceStub(edge), admin_pb2_grpc.AdminServiceStub(socket)
            for stub in (through, straight):
                times_of(lambda stub=stub: ask(stub), WARM_ROUNDS)  # type: ignore[misc]  # mypy and defaults
            pairs = [(time_of(lambda: ask(through)), time_of(lambda: ask(straight))) for _ in range(ROUNDS)]
            at_once, at_once_straight = calls_per_second(through), calls_per_second(straight)
    with_edge, without = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return {
        "rpc": {
            "p50_ms": p50(with_edge),
            "p99_ms": p99(with_edge),
            "direct_p50_ms": p50(without),
            "direct_p99_ms": p99(without),
            "edge_ms": p50(with_edge) - p50(without),
            "ratio_to_direct": p50(with_edge) / p50(without),
            "calls_per_second": at_once,
            "direct_calls_per_second": at_once_straight,
        }
    }


def ask(stub: admin_pb2_grpc.AdminServiceStub) -> None:
    """Make the call that does least."""
    stub.GetServerInfo(admin_pb2.GetServerInfoRequest())


def calls_per_second(stub: admin_pb2_grpc.AdminServiceStub) -> float:
    """Call from several threads at once."""
    begun = perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda _: ask(stub), range(ROUNDS)))
    return ROUNDS / (perf_counter() - begun)
