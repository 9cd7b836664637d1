"""One wrapper for the four kinds of RPC: concerns stand around a call, a check sees each of its requests."""

import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias, cast

import grpc
from google.protobuf.message import DecodeError, Message

from daemon.service.refusals import InvalidRequest, Violation

# Generic in the stubs only.
Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"
Handler: TypeAlias = "grpc.RpcMethodHandler[Message, Message]"
Check = Callable[[Message], None]
Answering = Callable[[object, Context], Awaitable[Message | None]]
Streaming = Callable[[object, Context], AsyncGenerator[Message, None]]


@dataclass(frozen=True, slots=True)
class Call:
    """One call as its concerns see it. `method` is the full path: `/scriba.v1.AdminService/GetJob`."""

    method: str
    streaming: bool
    context: Context


Concern = Callable[[Call], AbstractAsyncContextManager[None]]


class Interception(grpc.aio.ServerInterceptor):  # type: ignore[type-arg]  # generic in the stubs only
    """Puts every call of the server inside the concerns, the first one outermost."""

    def __init__(self, concerns: Sequence[Concern], check: Check) -> None:
        self._concerns = tuple(concerns)
        self._check = check

    async def intercept_service(
        self, continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Handler]], handler_call_details: grpc.HandlerCallDetails
    ) -> Handler:
        handler = await continuation(handler_call_details)
        if handler is None:  # the stubs do not know that an unknown method has no handler; gRPC answers UNIMPLEMENTED
            return handler
        return self._wrapped(handler, handler_call_details.method)

    def _wrapped(self, handler: Handler, method: str) -> Handler:
        inner = handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream
        outer: Answering | Streaming
        if inspect.isasyncgenfunction(inner):
            outer = self._streaming(cast("Streaming", inner), handler, method)
        else:
            outer = self._answering(cast("Answering", inner), handler, method)
        # Always a stream of requests to gRPC: of a call that ends without its one message it would say nothing, and keep it open for ever.
        wrap = grpc.stream_stream_rpc_method_handler if handler.response_streaming else grpc.stream_unary_rpc_method_handler
        return wrap(outer, handler.request_deserializer, handler.response_serializer)

    def _answering(self, inner: Answering, handler: Handler, method: str) -> Answering:
        streaming = handler.request_streaming or handler.response_streaming

        async def answer(requests: object, context: Context) -> Message | None:
            async with self._around(Call(method, streaming, context)):
                return await inner(await self._checked(requests, handler), context)

        return answer

    def _streaming(self, inner: Streaming, handler: Handler, method: str) -> Streaming:
        async def stream(requests: object, context: Context) -> AsyncGenerator[Message, None]:
            async with (
                self._around(Call(method, True, context)),
                aclosing(inner(await self._checked(requests, handler), context)) as answers,
            ):
                async for answer in answers:
                    yield answer

        return stream

    @asynccontextmanager
    async def _around(self, call: Call) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for concern in self._concerns:
                await stack.enter_async_context(concern(call))
            yield

    async def _checked(self, requests: object, handler: Handler) -> object:
        """Give the one request, or all of them as they come; a caller without a token is refused before anything of his is read."""
        checked = self._checked_each(cast("AsyncIterator[Message]", requests))
        if handler.request_streaming:
            return checked
        request = await anext(checked, None)
        if request is None:
            raise InvalidRequest(Violation("request", "is missing: the call ended without a message"))
        return request

    async def _checked_each(self, requests: AsyncIterator[Message]) -> AsyncIterator[Message]:
        try:
            async for request in requests:
                self._check(request)
                yield request
        except DecodeError:
            raise InvalidRequest(Violation("request", "is no message of this call")) from None
