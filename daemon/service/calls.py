"""One wrapper for the four kinds of RPC: concerns stand around a call, a check sees each of its requests."""

import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias, cast

import grpc
from google.protobuf.message import Message

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
            outer = self._streaming(cast("Streaming", inner), method)
        else:
            outer = self._answering(cast("Answering", inner), handler, method)
        return _HANDLER_OF[handler.request_streaming, handler.response_streaming](
            outer, handler.request_deserializer, handler.response_serializer
        )

    def _answering(self, inner: Answering, handler: Handler, method: str) -> Answering:
        streaming = handler.request_streaming or handler.response_streaming

        async def answer(requests: object, context: Context) -> Message | None:
            async with self._around(Call(method, streaming, context)):
                return await inner(self._checked(requests), context)

        return answer

    def _streaming(self, inner: Streaming, method: str) -> Streaming:
        async def stream(requests: object, context: Context) -> AsyncGenerator[Message, None]:
            async with self._around(Call(method, True, context)), aclosing(inner(self._checked(requests), context)) as answers:
                async for answer in answers:
                    yield answer

        return stream

    @asynccontextmanager
    async def _around(self, call: Call) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for concern in self._concerns:
                await stack.enter_async_context(concern(call))
            yield

    def _checked(self, requests: object) -> object:
        if isinstance(requests, Message):
            self._check(requests)
            return requests
        return self._checked_each(cast("AsyncIterator[Message]", requests))

    async def _checked_each(self, requests: AsyncIterator[Message]) -> AsyncIterator[Message]:
        async for request in requests:
            self._check(request)
            yield request


_HANDLER_OF = {
    (False, False): grpc.unary_unary_rpc_method_handler,
    (False, True): grpc.unary_stream_rpc_method_handler,
    (True, False): grpc.stream_unary_rpc_method_handler,
    (True, True): grpc.stream_stream_rpc_method_handler,
}
