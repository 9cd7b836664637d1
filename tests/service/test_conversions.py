"""Our values and the contract's have each other, all of them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.checkup.findings import Kind, Outcome
from actors.checkup.messages import Subject
from actors.index.messages import FacetField
from actors.ocr.messages import OcrMode
from actors.sandbox.level import SandboxLevel
from actors.store.nouns.archive import DocumentState
from actors.store.nouns.assignments import Aspect, Giver
from actors.store.nouns.catalog import FieldKind, LabelKind, Matching
from actors.store.nouns.figures import CountedBy, Period
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.nouns.mail import CorrespondentFrom, MailAction, MailState, Proof, Scope, Security, TitleFrom
from daemon.service.refusals import InvalidRequest, TokenMismatch
from daemon.service.wire import archive as conversions
from daemon.service.wire import assignments as assignment_conversions
from daemon.service.wire import catalog as catalog_conversions
from daemon.service.wire import figures as figure_conversions
from daemon.service.wire import mail_accounts, mail_rules, mails
from daemon.service.wire import values as wire_values
from daemon.service.wire.page_tokens import page_token, position_of
from scriba.v1 import admin_pb2, assignments_pb2, catalog_pb2, documents_pb2, mail_pb2, search_pb2

PAIRS: list[tuple[type[StrEnum], Mapping[Any, int], Iterable[str]]] = [
    (DocumentState, conversions.DOCUMENT_STATES, documents_pb2.DocumentState.keys()),
    (JobState, conversions.JOB_STATES, admin_pb2.JobState.keys()),
    (JobKind, conversions.JOB_KINDS, admin_pb2.JobKind.keys()),
    (SandboxLevel, conversions.SANDBOX_LEVELS, admin_pb2.SandboxLevel.keys()),
    (OcrMode, conversions.OCR_MODES, documents_pb2.OcrMode.keys()),
    (Subject, conversions.CHECK_SUBJECTS, admin_pb2.CheckSubject.keys()),
    (Kind, conversions.FINDING_KINDS, admin_pb2.FindingKind.keys()),
    (Outcome, conversions.FINDING_OUTCOMES, admin_pb2.FindingOutcome.keys()),
    (FacetField, conversions.FACET_FIELDS, search_pb2.FacetField.keys()),
    (LabelKind, catalog_conversions.LABEL_KINDS, catalog_pb2.LabelKind.keys()),
    (Matching, catalog_conversions.MATCHINGS, catalog_pb2.Matching.keys()),
    (FieldKind, catalog_conversions.FIELD_KINDS, catalog_pb2.FieldKind.keys()),
    (Period, figure_conversions.PERIODS, admin_pb2.Period.keys()),
    (CountedBy, figure_conversions.COUNTED_BY, admin_pb2.CountedBy.keys()),
    (Giver, assignment_conversions.GIVERS, assignments_pb2.Giver.keys()),
    (Security, mail_accounts.SECURITIES, mail_pb2.MailSecurity.keys()),
    (Proof, mail_accounts.PROOFS, mail_pb2.MailProof.keys()),
    (Scope, mail_rules.SCOPES, mail_pb2.MailScope.keys()),
    (TitleFrom, mail_rules.TITLES, mail_pb2.MailTitle.keys()),
    (CorrespondentFrom, mail_rules.CORRESPONDENTS, mail_pb2.MailCorrespondent.keys()),
    (MailAction, mail_rules.ACTIONS, mail_pb2.MailAction.keys()),
    (MailState, mails.STATES, mail_pb2.MailState.keys()),
]


@pytest.mark.parametrize(("ours", "table", "names"), PAIRS)
def test_every_value_has_its_partner_of_the_same_name(ours: type[StrEnum], table: Mapping[Any, int], names: Iterable[str]) -> None:
    assert set(table) == set(ours)
    nothing, *told = names
    assert [nothing.replace("UNSPECIFIED", value.name) for value in ours] == told
    assert len(set(table.values())) == len(told)


def test_every_aspect_has_its_partner() -> None:
    _, *told = assignments_pb2.Aspect.values()
    assert list(assignment_conversions.ASPECTS.items()) == list(zip(Aspect, told, strict=True))


def test_what_a_client_names_comes_back_as_ours() -> None:
    assert [conversions.job_state(value) for value in conversions.JOB_STATES.values()] == list(JobState)
    assert [conversions.ocr_mode(value) for value in conversions.OCR_MODES.values()] == list(OcrMode)
    assert [conversions.facet_field(value) for value in conversions.FACET_FIELDS.values()] == list(FacetField)
    assert conversions.ocr_mode(documents_pb2.OCR_MODE_UNSPECIFIED) is None
    for convert in (conversions.job_state, conversions.facet_field):
        with pytest.raises(InvalidRequest):
            convert(0)


def test_times_are_told_in_utc() -> None:
    moment = datetime(2026, 11, 25, 12, 30, 1, 250_000, tzinfo=UTC)
    told = wire_values.timestamp(moment)
    assert told is not None
    assert told.ToJsonString() == "2026-11-25T12:30:01.250Z"
    assert wire_values.timestamp(None) is None


def test_a_date_is_a_day_of_the_calendar_or_nothing() -> None:
    assert wire_values.day_of("day", "2024-02-29") == date(2024, 2, 29)
    assert wire_values.day_of("day", "") is None
    with pytest.raises(InvalidRequest, match="day"):
        wire_values.day_of("day", "2023-02-29")


KEYS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.none() | KEYS | st.integers(-(2**63) + 1, 2**63 - 1), max_size=4), st.text(), st.text())
def test_a_token_opens_for_its_query_and_no_other(position: list[str | int | None], query: str, other: str) -> None:
    token = page_token(position, search_pb2.SearchDocumentsRequest(query=query, page_size=3))
    assert position_of("page_token", token, search_pb2.SearchDocumentsRequest(query=query, page_size=9, page_token=token)) == position
    strangers = [search_pb2.SearchDocumentsRequest(query=other + "x" + query), documents_pb2.ListDocumentsRequest(filter=query)]
    for request in strangers:
        with pytest.raises(TokenMismatch):
            position_of("page_token", token, request)


@given(st.text())
def test_no_text_from_outside_opens_as_a_token(text: str) -> None:
    with pytest.raises(TokenMismatch):
        position_of("page_token", text, search_pb2.SearchDocumentsRequest())
