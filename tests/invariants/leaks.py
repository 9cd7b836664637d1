"""I7: no secret in any answer, any error or any line of the log."""

from collections.abc import Iterator

from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from sqlalchemy import make_url

import scriba
from scriba.v1 import admin_pb2, assignments_pb2, catalog_pb2, documents_pb2, folders_pb2, notes_pb2, search_pb2
from scriba.v1.search_pb2 import SearchDocumentsRequest
from tests.end_to_end.person import Person
from tests.running import Daemon

# What changes nothing, so that it may be asked at any time.
READING = ("List", "Get", "BatchGet", "Search", "Suggest", "Find")
SERVICES: tuple[tuple[str, ServiceDescriptor], ...] = (
    ("documents", documents_pb2.DESCRIPTOR.services_by_name["DocumentService"]),
    ("search", search_pb2.DESCRIPTOR.services_by_name["SearchService"]),
    ("admin", admin_pb2.DESCRIPTOR.services_by_name["AdminService"]),
    ("catalog", catalog_pb2.DESCRIPTOR.services_by_name["CatalogService"]),
    ("notes", notes_pb2.DESCRIPTOR.services_by_name["NoteService"]),
    ("folders", folders_pb2.DESCRIPTOR.services_by_name["FolderService"]),
    ("assignments", assignments_pb2.DESCRIPTOR.services_by_name["AssignmentService"]),
)


def secrets_told(person: Person) -> list[str]:
    """I7: neither the log nor anything that the contract answers holds a token or the database's password."""
    log = person.daemon.log.read_bytes()
    answers = [("the log", log), *told(person)]
    return [f"I7: {where} holds {name}" for name, secret in secrets_of(person.daemon).items() for where, text in answers if secret in text]


def secrets_of(daemon: Daemon) -> dict[str, bytes]:
    """List what nobody may be told."""
    tokens = {path.name: path.read_bytes().strip() for path in daemon.data.secrets.iterdir() if path.is_file()}
    password = make_url(daemon.store_url).password
    return {**tokens, "the password of the database": password.encode()} if password else tokens


def told(person: Person) -> Iterator[tuple[str, bytes]]:
    """Ask everything that may be asked, with and without sense, and give each answer as it came over the wire."""
    some = next(iter(person.client.list_documents(limit=1)), None)
    for stub, service in SERVICES:
        for method in service.methods:
            if method.name.startswith(READING) and not method.server_streaming:
                for document_id in {some.id if some else "", "999999", "no id"}:
                    yield method.name, answer(person, stub, method, request_for(method, document_id))
    for query in ("*", "title:((", "created:[x to"):
        yield (
            "SearchDocuments",
            answer(person, "search", SERVICES[1][1].methods_by_name["SearchDocuments"], SearchDocumentsRequest(query=query)),
        )


def request_for(method: MethodDescriptor, document_id: str) -> Message:
    """Make a request; one that takes an id is asked about this document."""
    request = GetMessageClass(method.input_type)()
    for field in ("id", "document_id"):
        if field in method.input_type.fields_by_name:
            setattr(request, field, document_id)
    return request


def answer(person: Person, stub: str, method: MethodDescriptor, request: Message) -> bytes:
    """Call, and give the bytes of the answer, or all words of the refusal."""
    try:
        reply: Message = getattr(getattr(person.client, stub), method.name)(request)
    except scriba.Error as error:
        return repr((str(error), error.reason, error.metadata, error.violations)).encode()
    return reply.SerializeToString()
