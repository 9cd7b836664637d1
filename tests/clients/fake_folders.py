"""Folders of the fake archive: one level, as a test has filled it."""
# ruff: noqa: N802  # the contract names the methods

import grpc

from scriba.v1 import folders_pb2, folders_pb2_grpc
from tests.clients.fake_archive import FakeArchive


class FakeFolders(folders_pb2_grpc.FolderServiceServicer):
    def __init__(self, archive: FakeArchive) -> None:
        self._archive = archive

    def ListFolders(self, request: folders_pb2.ListFoldersRequest, context: grpc.ServicerContext) -> folders_pb2.ListFoldersResponse:
        return self._archive.folders
