"""The one error table: complete, readable by any client, and silent about what is nobody's business."""

import inspect
from types import ModuleType

import grpc
import pytest
from google.rpc.error_details_pb2 import ErrorInfo  # type: ignore[import-untyped]  # the package has no py.typed

from actors.checkup import errors as checkup
from actors.index import errors as index
from actors.intake import errors as intake
from actors.mail import errors as mailboxes
from actors.ocr import errors as ocr
from actors.paging import errors as paging
from actors.runtime import errors as runtime
from actors.store import errors as store
from actors.store.identity import errors as identity
from actors.store.mail import errors as mail
from actors.store.nodes import errors as nodes
from actors.store.notifications import errors as notices
from actors.store.nouns.archive import JobId
from actors.store.receiving import errors as receiving
from actors.store.sharing import errors as sharing
from actors.store.versions import errors as versions
from daemon.service import refusals
from daemon.service.around.errors import TABLE, status_of
from daemon.service.around.statuses import status
from daemon.service.refusals import InvalidRequest, Violation
from scriba.v1 import admin_pb2, documents_pb2
from tests.service.house import House, failing

MODULES = (
    refusals,
    store,
    versions,
    identity,
    notices,
    receiving,
    sharing,
    mail,
    nodes,
    mailboxes,
    paging,
    intake,
    ocr,
    index,
    checkup,
    runtime,
)


# They only sort the others, and are never raised themselves.
FAMILIES = {
    refusals.Refusal,
    store.StoreError,
    versions.VersionError,
    identity.IdentityError,
    intake.IntakeError,
    ocr.OcrError,
    mailboxes.MailboxError,
    runtime.ActorSystemError,
}


def raised_by(module: ModuleType) -> set[type]:
    """List the exceptions that a module defines."""
    kinds = {kind for _, kind in inspect.getmembers(module, inspect.isclass) if issubclass(kind, Exception)}
    return {kind for kind in kinds if kind.__module__ == module.__name__} - FAMILIES


def test_every_exception_that_can_reach_a_caller_has_a_row_and_every_row_an_exception() -> None:
    assert set().union(*(raised_by(module) for module in MODULES)) == set(TABLE)


def test_a_child_of_a_known_error_is_told_like_its_parent() -> None:
    class Later(store.JobActive):
        pass

    told = status_of(Later(JobId(7)))
    assert told is not None
    assert told == status_of(store.JobActive(JobId(7)))
    assert status_of(ValueError("secret")) is None


def test_every_reason_is_for_programs_to_read() -> None:
    made = {
        store.JobActive(JobId(1)),
        refusals.NotSignedIn(),
        refusals.UploadOffsetWrong(1, 2),
        index.QueryError(3, "a word", "nothing stands here"),
        ocr.WrongPassword("no"),
        intake.NoSpace("full"),
    }
    for error in made:
        told = status_of(error)
        assert told is not None
        info = ErrorInfo()
        assert told.details[0].Unpack(info)
        assert info.domain == "scriba"
        assert info.reason.replace("_", "").isupper()
        assert told.message == str(error)


def test_a_status_with_many_long_violations_stays_within_the_metadata_of_a_client() -> None:
    worst = [Violation("field" * 100, "ü" * 5_000)] * 500
    told = status(grpc.StatusCode.INVALID_ARGUMENT, "ü" * 50_000, "REASON", {f"key{n}": "ü" * 5_000 for n in range(2)}, worst, 1.0)
    assert told.ByteSize() * 4 / 3 < 8 * 1024 - 1024  # as base64, beside the message and gRPC's own keys


class Unforeseen(Exception):
    """What nobody foresaw, with something in it that nobody may see."""


async def test_an_unforeseen_error_tells_nothing_but_the_id_of_its_log_line(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    async def broken() -> None:
        raise Unforeseen("the salary of Ada Lovelace")

    house.nodes.answer = broken
    failure = await failing(house.admin.ListNodes(admin_pb2.ListNodesRequest()))
    assert (failure.code, failure.reason) == (grpc.StatusCode.INTERNAL, "UNFORESEEN")
    assert "Ada" not in str(failure)
    assert "Unforeseen" not in str(failure)
    assert failure.metadata["incident"] in failure.message
    assert failure.metadata["incident"] in capsys.readouterr().out


async def test_a_limit_of_the_contract_is_told_with_its_field(house: House) -> None:
    failure = await failing(house.documents.ListDocuments(documents_pb2.ListDocumentsRequest(page_size=1001, filter="x" * 4097)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST")
    assert set(failure.violations) == {"page_size", "filter"}
    await house.documents.ListDocuments(documents_pb2.ListDocumentsRequest(page_size=1000))


def test_only_the_first_words_of_many_violations_are_the_message() -> None:
    error = InvalidRequest(*(Violation(f"f{n}", "bad") for n in range(50)))
    assert str(error) == "f0: bad; f1: bad; f2: bad"
