"""What is told of each call: one histogram, and a log line unless it went well; never a token, never a document's text."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
import structlog
from prometheus_client import CollectorRegistry, Histogram

from daemon.service.around.calls import Call, Concern, Context

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 600.0)
_CODES = {code.value[0]: code for code in grpc.StatusCode}
# What clients do all day, and what ends a watch: nobody wants a line for each.
_USUAL = (grpc.StatusCode.OK, grpc.StatusCode.CANCELLED)

log = structlog.get_logger()


def observed(registry: CollectorRegistry) -> Concern:
    """Log and count each call with its method, code and time."""
    seconds = Histogram("scriba_rpc_seconds", "Time from request to last answer.", ["method", "code"], registry=registry, buckets=_SECONDS)

    @asynccontextmanager
    async def watch(call: Call) -> AsyncIterator[None]:
        began = time.monotonic()
        code = grpc.StatusCode.CANCELLED  # what ends a call without passing one of the two lines below
        try:
            yield
            code = grpc.StatusCode.OK
        except grpc.aio.AbortError:
            code = _code(call.context)
            raise
        finally:
            spent = time.monotonic() - began
            seconds.labels(call.method, code.name).observe(spent)
            tell = log.debug if code in _USUAL else log.info
            tell("call answered", method=call.method, code=code.name, milliseconds=round(spent * 1000, 1))

    return watch


def _code(context: Context) -> grpc.StatusCode:
    code: object = context.code()  # grpc.aio gives the number, its stubs promise the enum
    return code if isinstance(code, grpc.StatusCode) else _CODES.get(int(str(code)), grpc.StatusCode.UNKNOWN)
