"""The way to the server: every call through it carries the token and a deadline, and fails with our errors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import grpc
from google.protobuf.message import Message

from scriba.connection import Connection
from scriba.errors import error_of
from scriba.trust import credentials_of

if TYPE_CHECKING:  # the stubs make these generic, the library doesn't
    _UnaryUnary = grpc.UnaryUnaryClientInterceptor[Message, Message]
    _UnaryStream = grpc.UnaryStreamClientInterceptor[Message, Message]
    _StreamUnary = grpc.StreamUnaryClientInterceptor[Message, Message]
else:
    _UnaryUnary, _UnaryStream, _StreamUnary = (
        grpc.UnaryUnaryClientInterceptor,
        grpc.UnaryStreamClientInterceptor,
        grpc.StreamUnaryClientInterceptor,
    )

_OPTIONS = [
    ("grpc.initial_reconnect_backoff_ms", 200),
    # gRPC gives up an attempt to connect after this time, whatever the name says: a server at work may need seconds to take a call.
    ("grpc.min_reconnect_backoff_ms", 10_000),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    # A watch may be silent for hours; only pings tell a quiet server from one that is gone.
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.http2.max_pings_without_data", 0),
]


def open_channel(connection: Connection, timeout: float) -> grpc.Channel:
    """Open the way to a server; it connects at the first call, and again by itself.

    `timeout` is the deadline in seconds of each call that answers once; streams have none, unless the caller gives one.
    """
    address, trust = connection.address, connection.trust
    options: list[tuple[str, int | str]] = [*_OPTIONS]
    if address.is_local:
        options.append(("grpc.enable_http_proxy", 0))
    if address.tls:
        if trust.server_name:
            options.append(("grpc.ssl_target_name_override", trust.server_name))
        channel = grpc.secure_channel(str(address), credentials_of(trust), options=options)
    else:
        channel = grpc.insecure_channel(str(address), options=options)
    return grpc.intercept_channel(channel, _Signer(connection.token, timeout))


@dataclass(frozen=True, slots=True)
class _Details(grpc.ClientCallDetails):
    method: str
    timeout: float | None
    metadata: "grpc.Metadata | None"  # a name of the stubs only
    credentials: grpc.CallCredentials | None
    wait_for_ready: bool | None
    compression: grpc.Compression | None


class _Signer(_UnaryUnary, _UnaryStream, _StreamUnary):
    """Adds token and deadline to each call, and gives back answers that raise our errors."""

    def __init__(self, token: str, timeout: float) -> None:
        self._metadata = (("authorization", f"Bearer {token}"),) if token else ()
        self._timeout = timeout

    def intercept_unary_unary(
        self,
        continuation: Callable[[grpc.ClientCallDetails, Message], "grpc.CallFuture[Message]"],
        client_call_details: grpc.ClientCallDetails,
        request: Message,
    ) -> "grpc.CallFuture[Message]":
        """Sign a call of one message and one answer."""
        call = continuation(self._sign(client_call_details, self._timeout), request)
        return cast("grpc.CallFuture[Message]", _Answer(call))

    def intercept_stream_unary(
        self,
        continuation: Callable[
            [grpc.ClientCallDetails, Message], "grpc.CallFuture[Message]"
        ],  # sic: the stubs name the message, not the iterator
        client_call_details: grpc.ClientCallDetails,
        request_iterator: Iterator[Message],
    ) -> "grpc.CallFuture[Message]":
        """Sign a call of many messages and one answer."""
        call = continuation(self._sign(client_call_details, None), cast("Message", request_iterator))
        return cast("grpc.CallFuture[Message]", _Answer(call))

    def intercept_unary_stream(
        self,
        continuation: Callable[[grpc.ClientCallDetails, Message], "grpc.CallIterator[Message]"],
        client_call_details: grpc.ClientCallDetails,
        request: Message,
    ) -> "grpc.CallIterator[Message]":
        """Sign a call of one message and many answers."""
        call = continuation(self._sign(client_call_details, None), request)
        return cast("grpc.CallIterator[Message]", _Answers(call))

    def _sign(self, details: grpc.ClientCallDetails, timeout: float | None) -> _Details:
        return _Details(
            method=details.method,
            timeout=timeout if details.timeout is None else details.timeout,
            metadata=(*(details.metadata or ()), *self._metadata),
            credentials=details.credentials,
            wait_for_ready=details.wait_for_ready,
            compression=details.compression,
        )


class _Answer:
    """A call with one answer, as it was but for the kind of its errors."""

    def __init__(self, call: "grpc.CallFuture[Message]") -> None:
        self._call = call

    def result(self, timeout: float | None = None) -> Message:
        """Wait for the answer."""
        try:
            return self._call.result(timeout)
        except grpc.RpcError as failure:
            raise error_of(failure) from failure

    def __getattr__(self, name: str) -> object:
        """Give all else as the call has it."""
        return getattr(self._call, name)


class _Answers:
    """A call with many answers, as it was but for the kind of its errors."""

    def __init__(self, call: "grpc.CallIterator[Message]") -> None:
        self._call = call
        self._answers = iter(call)

    def __iter__(self) -> "_Answers":
        """Give the answers as they come."""
        return self

    def __next__(self) -> Message:
        """Wait for the next answer."""
        try:
            return next(self._answers)
        except grpc.RpcError as failure:
            raise error_of(failure) from failure

    def __getattr__(self, name: str) -> object:
        """Give all else as the call has it."""
        return getattr(self._call, name)
