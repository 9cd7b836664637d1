"""A real gRPC server before the fake services, which knows one token."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

import grpc

from scriba.v1 import accounts_pb2_grpc, admin_pb2_grpc, assignments_pb2_grpc, documents_pb2_grpc, folders_pb2_grpc, search_pb2_grpc
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_folders import FakeFolders
from tests.clients.fake_services import FakeAccounts, FakeAdmin, FakeAssignments, FakeDocuments, FakeSearch, refuse

TOKEN = "correct-horse"


class FakeServer:
    """Serves an archive on a port of its own, and on the same one again after a stop."""

    def __init__(self, archive: FakeArchive, credentials: grpc.ServerCredentials | None = None) -> None:
        self._archive = archive
        self._port = 0
        self.start(credentials)

    @property
    def address(self) -> str:
        """Say where it listens."""
        return f"127.0.0.1:{self._port}"

    def start(self, credentials: grpc.ServerCredentials | None = None) -> None:
        """Listen; in plain text without credentials."""
        self._server = grpc.server(ThreadPoolExecutor(16), interceptors=[_TokenCheck()], options=[("grpc.so_reuseport", 0)])
        documents_pb2_grpc.add_DocumentServiceServicer_to_server(FakeDocuments(self._archive), self._server)
        search_pb2_grpc.add_SearchServiceServicer_to_server(FakeSearch(self._archive), self._server)
        accounts_pb2_grpc.add_AccountServiceServicer_to_server(FakeAccounts(), self._server)  # type: ignore[abstract]  # a login asks for no more
        admin_pb2_grpc.add_AdminServiceServicer_to_server(FakeAdmin(self._archive), self._server)
        folders_pb2_grpc.add_FolderServiceServicer_to_server(FakeFolders(self._archive), self._server)
        assignments_pb2_grpc.add_AssignmentServiceServicer_to_server(FakeAssignments(self._archive), self._server)
        here = f"127.0.0.1:{self._port}"
        self._port = self._server.add_secure_port(here, credentials) if credentials else self._server.add_insecure_port(here)
        self._server.start()

    def stop(self) -> None:
        """Hang up on everybody."""
        stopped = self._server.stop(0)
        with self._archive.changed:
            self._archive.changed.notify_all()
        stopped.wait()


class _TokenCheck(grpc.ServerInterceptor):  # type: ignore[type-arg]  # the library's class is not generic
    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], "grpc.RpcMethodHandler[object, object] | None"],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> "grpc.RpcMethodHandler[object, object] | None":
        handler = continuation(handler_call_details)
        is_public = handler_call_details.method.endswith("/GetServerInfo")
        if is_public or handler is None or ("authorization", f"Bearer {TOKEN}") in handler_call_details.invocation_metadata:
            return handler

        def deny(_: object, context: grpc.ServicerContext) -> NoReturn:
            refuse(context, grpc.StatusCode.UNAUTHENTICATED, "a valid token is needed", "NOT_SIGNED_IN")

        kind = ("stream" if handler.request_streaming else "unary") + "_" + ("stream" if handler.response_streaming else "unary")
        make: Callable[..., grpc.RpcMethodHandler[object, object]] = getattr(grpc, f"{kind}_rpc_method_handler")
        return make(deny, handler.request_deserializer, handler.response_serializer)
