"""Reasons: every value tells who gave it, and can be taken back."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from actors.store.assignments.given import firmer
from actors.store.assignments.giving import as_it_is
from actors.store.errors import AsnTaken, AssignmentNotFound, AssignmentUndone, DocumentNotFound
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, DocumentWarning, NewDocument, SourceKey, SourceKind
from actors.store.nouns.assignments import Aspect, Assignment, AssignmentId, Giver, Proposal, Reason
from actors.store.nouns.catalog import FieldFacts, FieldId, FieldKind, LabelFacts, LabelKind, Money
from actors.store.store import Store
from tests.store.making import START, at, deliver, document_id, leased, new_document, staged

RULE = Reason(Giver.RULE, "the word 'acme'")
LEARNED = Reason(Giver.CLASSIFIER, "like 12 others", 0.875)
BY_USER, UNDONE = Reason(Giver.USER), Reason(Giver.USER, "undone")


def told(store: Store, document: DocumentId) -> list[tuple[Aspect, str, str, Reason]]:
    return [(one.aspect, one.value, one.before, one.reason) for one in store.assignments.list(document)]


def last(store: Store, document: DocumentId) -> Assignment:
    return store.assignments.list(document)[-1]


def number_field(store: Store, name: str = "Number") -> FieldId:
    return store.catalog.fields.create(FieldKind.INTEGER, FieldFacts(name), ()).id


def brought(store: Store, content: str, given: DocumentChanges) -> DocumentId:
    """Deliver a file with what its sender says of it."""
    new = new_document(content.encode())
    store.originals.put(staged(store, content.encode(), new.sha256), new.sha256, ".pdf")
    asked = NewDocument(new.sha256, new.size_bytes, new.mime_type, new.original_filename, "scan", given)
    return store.documents.accept(asked, SourceKey(SourceKind.UPLOAD, content), START).document_id


def codes(store: Store, document: DocumentId) -> list[str]:
    return [warning.code for warning in store.documents.get(document).warnings]


def test_every_value_tells_who_gave_it_when_and_what_was_before(store: Store) -> None:
    document = document_id(store, tags=("inbox",))
    number = number_field(store)
    proposals = (Proposal(Aspect.CORRESPONDENT, "ACME", RULE), Proposal(Aspect.FIELD, 7, LEARNED, field=number))
    store.assignments.propose(document, proposals, at(1))
    store.documents.update(document, DocumentChanges(correspondent="Ada", tags=(), title="Bill"), None, at(2))
    assert told(store, document) == [
        (Aspect.TAG, "inbox", "", Reason(Giver.DELIVERY)),
        (Aspect.CORRESPONDENT, "ACME", "", RULE),
        (Aspect.FIELD, "7", "", LEARNED),
        (Aspect.TITLE, "Bill", "letter", BY_USER),
        (Aspect.CORRESPONDENT, "Ada", "ACME", BY_USER),
        (Aspect.TAG, "", "inbox", BY_USER),
    ]
    kept = store.assignments.list(document)[2]
    assert (kept.subject, kept.time, kept.undone) == ("Number", at(1), False)
    with pytest.raises(DocumentNotFound):
        store.assignments.list(DocumentId(99))


def test_a_machine_leaves_alone_what_a_person_gave_took_away_or_sent_along(store: Store) -> None:
    document = brought(store, "paper", DocumentChanges(title="Mine", tags=("mine",), correspondent="Ada"))
    store.documents.update(document, DocumentChanges(document_type="Letter", created_date=date(2024, 2, 29)), None, at(1))
    store.documents.update(document, DocumentChanges(document_type="", tags=()), None, at(2))
    before = store.documents.get(document)
    proposals = (
        Proposal(Aspect.TITLE, "Theirs", RULE),
        Proposal(Aspect.TAG, "mine", RULE),
        Proposal(Aspect.CORRESPONDENT, "ACME", RULE),
        Proposal(Aspect.DOCUMENT_TYPE, "Invoice", LEARNED),
        Proposal(Aspect.CREATED_DATE, date(2020, 1, 1), Reason(Giver.TEXT)),
    )
    store.assignments.propose(document, proposals, at(3))
    assert store.documents.get(document) == before
    store.assignments.propose(document, (Proposal(Aspect.STORAGE_PATH, "free", RULE),), at(4))
    given = store.documents.get(document).storage_path
    assert given is not None
    assert given.name == "free"


def test_a_title_from_the_files_name_is_free_and_one_that_was_sent_along_is_not(store: Store) -> None:
    free, given = brought(store, "one", DocumentChanges()), brought(store, "two", DocumentChanges(title="scan"))
    for document in (free, given):
        store.assignments.propose(document, (Proposal(Aspect.TITLE, "Invoice 7", RULE),), at(1))
    assert [store.documents.get(document).title for document in (free, given)] == ["Invoice 7", "scan"]


def test_undoing_gives_the_value_before_of_every_kind(store: Store) -> None:
    fields = store.catalog.fields
    money = fields.create(FieldKind.MONEY, FieldFacts("Total", currency="EUR"), ()).id
    moment = fields.create(FieldKind.DATE, FieldFacts("Due"), ()).id
    link = fields.create(FieldKind.DOCUMENTS, FieldFacts("See"), ()).id
    document, one, two = document_id(store), document_id(store, "1"), document_id(store, "2")
    firsts = DocumentChanges(
        title="first",
        created_date=date(2024, 2, 29),
        asn=7,
        correspondent="C1",
        document_type="D1",
        storage_path="S1",
        tags=("T1",),
        fields=((money, Money(Decimal("1.50"))), (moment, date(2024, 3, 1)), (link, (one,))),
    )
    store.documents.update(document, firsts, None, at(1))
    before = store.documents.get(document)
    seconds = DocumentChanges(
        title="second",
        clear_created_date=True,
        asn=8,
        correspondent="",
        document_type="D2",
        storage_path="S2",
        tags=("T2",),
        fields=((moment, None), (link, (two,)), (money, None)),
    )
    store.documents.update(document, seconds, None, at(2))
    given = [one for one in store.assignments.list(document) if one.time == at(2)]
    for one_given in reversed(given):
        store.assignments.undo(document, one_given.id, at(3))
    after = store.documents.get(document)
    assert (after.title, after.created_date, after.asn) == ("first", date(2024, 2, 29), 7)
    assert (after.correspondent, after.document_type, after.storage_path) == (
        before.correspondent,
        before.document_type,
        before.storage_path,
    )
    assert (after.tags, after.fields) == (before.tags, before.fields)


def test_what_was_undone_stays_so_whatever_machines_propose(store: Store) -> None:
    document = document_id(store)
    proposals = (Proposal(Aspect.TAG, "bills", LEARNED), Proposal(Aspect.CORRESPONDENT, "ACME", RULE))
    store.assignments.propose(document, proposals, at(1))
    for one in store.assignments.list(document):
        store.assignments.undo(document, one.id, at(2))
    store.assignments.propose(document, proposals, at(3))
    after = store.documents.get(document)
    assert (after.tags, after.correspondent) == ((), None)
    assert told(store, document)[2:] == [(Aspect.TAG, "", "bills", UNDONE), (Aspect.CORRESPONDENT, "", "ACME", UNDONE)]


def test_undoing_brings_a_deleted_label_back_by_its_name(store: Store) -> None:
    document = document_id(store)
    store.documents.update(document, DocumentChanges(correspondent="Old"), None, at(1))
    store.documents.update(document, DocumentChanges(correspondent="New"), None, at(2))
    old = store.catalog.labels.find(LabelKind.CORRESPONDENT, "Old")
    store.catalog.labels.delete(old.id, None, at(3))
    store.assignments.undo(document, last(store, document).id, at(4))
    again = store.documents.get(document).correspondent
    assert again is not None
    assert (again.name, again.id != old.id) == ("Old", True)


def test_undoing_brings_a_deleted_tag_back_by_its_name(store: Store) -> None:
    document = document_id(store, tags=("old",))
    store.documents.update(document, DocumentChanges(tags=()), None, at(1))
    store.catalog.labels.delete(store.catalog.labels.find(LabelKind.TAG, "old").id, None, at(2))
    store.assignments.undo(document, last(store, document).id, at(3))
    assert store.documents.get(document).tags == ("old",)


def test_only_what_holds_can_be_undone_and_only_once(store: Store) -> None:
    document, other = document_id(store), document_id(store, "other")
    store.assignments.propose(document, (Proposal(Aspect.CORRESPONDENT, "ACME", RULE),), at(1))
    given = last(store, document)
    with pytest.raises(AssignmentNotFound):
        store.assignments.undo(other, given.id, at(2))
    with pytest.raises(AssignmentNotFound):
        store.assignments.undo(document, AssignmentId(99), at(2))
    store.assignments.undo(document, given.id, at(2))
    with pytest.raises(AssignmentUndone):
        store.assignments.undo(document, given.id, at(3))
    assert [one.undone for one in store.assignments.list(document)] == [True, False]
    store.assignments.propose(document, (Proposal(Aspect.DOCUMENT_TYPE, "Invoice", RULE),), at(4))
    given = last(store, document)
    store.documents.update(document, DocumentChanges(document_type="Letter"), None, at(5))
    with pytest.raises(AssignmentUndone):
        store.assignments.undo(document, given.id, at(6))


@pytest.mark.parametrize("aspect", [Aspect.CORRESPONDENT, Aspect.TAG])
def test_what_went_with_its_label_cannot_be_undone(store: Store, aspect: Aspect) -> None:
    document = document_id(store)
    store.assignments.propose(document, (Proposal(aspect, "ACME", RULE),), at(1))
    store.catalog.labels.delete(store.catalog.labels.all()[0].id, None, at(2))
    with pytest.raises(AssignmentUndone):
        store.assignments.undo(document, last(store, document).id, at(3))
    assert last(store, document).value == "ACME"


def test_what_went_with_its_field_cannot_be_undone_but_is_told(store: Store) -> None:
    document, number = document_id(store), number_field(store)
    store.documents.update(document, DocumentChanges(fields=((number, 7),)), None, at(1))
    store.documents.update(document, DocumentChanges(fields=((number, None),)), None, at(2))
    taken_away = last(store, document)
    store.catalog.fields.delete(number, None, at(3))
    with pytest.raises(AssignmentUndone):
        store.assignments.undo(document, taken_away.id, at(4))
    assert [(one.subject, one.value) for one in store.assignments.list(document)] == [("", "7"), ("", "")]


def test_a_number_is_borne_by_one_document_in_the_trash_too(store: Store) -> None:
    one, two = document_id(store), document_id(store, "two")
    assert store.catalog.next_asn() == 1
    store.documents.update(one, DocumentChanges(asn=2**32 - 1), None, at(1))
    store.documents.delete(one, None, at(2))
    assert store.catalog.next_asn() == 2**32
    with pytest.raises(AsnTaken) as taken:
        store.documents.update(two, DocumentChanges(title="kept out", asn=2**32 - 1), None, at(3))
    assert (taken.value.asn, taken.value.document_id) == (2**32 - 1, one)
    assert store.documents.get(two).title == "two"
    store.documents.update(one, DocumentChanges(clear_asn=True), None, at(4))
    assert store.documents.update(two, DocumentChanges(asn=2**32 - 1), None, at(5)).asn == 2**32 - 1
    assert store.documents.update(two, DocumentChanges(asn=2**32 - 1), None, at(6)).asn == 2**32 - 1


def test_a_taken_number_that_was_sent_along_is_a_warning_until_the_document_gets_one(store: Store) -> None:
    brought(store, "one", DocumentChanges(asn=7))
    second = brought(store, "two", DocumentChanges(asn=7, title="kept"))
    document = store.documents.get(second)
    assert (document.title, document.asn) == ("kept", None)
    assert [(warning.code, "by document" in warning.message) for warning in document.warnings] == [("ASN_TAKEN", False)]
    job = next(job for job in store.jobs.lease("worker", 9, START) if job.document_id == second)
    signed = DocumentWarning("SIGNED", "It is signed.")
    store.documents.set_inspection(second, job.fence, 1, encrypted=False, signed=True, warnings=[signed], now=at(1))
    assert sorted(codes(store, second)) == ["ASN_TAKEN", "SIGNED"]
    for _ in range(2):
        store.documents.set_result(second, job.fence, DocumentState.READY, "en", [signed], has_archive=False, now=at(2))
        assert sorted(codes(store, second)) == ["ASN_TAKEN", "SIGNED"]
    store.documents.update(second, DocumentChanges(asn=8), None, at(3))
    assert codes(store, second) == ["SIGNED"]


def test_a_taken_number_from_a_barcode_is_a_warning(store: Store) -> None:
    brought(store, "one", DocumentChanges(asn=7))
    second = document_id(store, "two")
    job = next(job for job in store.jobs.lease("worker", 9, START) if job.document_id == second)
    barcode = Proposal(Aspect.ASN, 7, Reason(Giver.BARCODE, "ASN00007"))
    for _ in range(2):
        store.documents.set_result(second, job.fence, DocumentState.READY, "en", [], has_archive=False, now=at(1), proposals=[barcode])
        assert (store.documents.get(second).asn, codes(store, second)) == (None, ["ASN_TAKEN"])


def test_what_comes_with_a_file_is_given_by_the_delivery(store: Store) -> None:
    number = number_field(store)
    given = DocumentChanges(title="Bill", correspondent="ACME", asn=7, tags=("a",), fields=((number, 3),))
    document = brought(store, "paper", given)
    assert {(aspect, value) for aspect, value, _, reason in told(store, document) if reason == Reason(Giver.DELIVERY)} == {
        (Aspect.TITLE, "Bill"),
        (Aspect.CORRESPONDENT, "ACME"),
        (Aspect.ASN, "7"),
        (Aspect.TAG, "a"),
        (Aspect.FIELD, "3"),
    }
    (job,) = store.jobs.lease("worker", 1, START)
    assert job.label == "Bill"


def test_a_dry_run_answers_the_same_and_keeps_nothing(store: Store) -> None:
    document, number = document_id(store), number_field(store)
    store.outbox.done(store.outbox.pending(10))
    before, stamp = store.documents.get(document), store.catalog.stamp()
    changes = DocumentChanges(title="new", tags=("a new tag",), correspondent="ACME", asn=7, fields=((number, 3),))
    (dry,) = store.documents.update_many([(document, changes, None)], at(1), dry_run=True)
    assert (store.documents.get(document), store.catalog.stamp(), store.catalog.next_asn()) == (before, stamp, 1)
    assert (store.catalog.labels.all(), store.assignments.list(document), store.outbox.pending(10)) == ([], [], [])
    (real,) = store.documents.update_many([(document, changes, None)], at(1))
    assert (dry.title, dry.tags, dry.asn, dry.fields) == (real.title, real.tags, real.asn, real.fields)
    assert (dry.correspondent and dry.correspondent.name) == "ACME"


def test_a_change_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    document = document_id(store, tags=("a",))
    store.documents.update(document, DocumentChanges(correspondent="ACME"), None, at(1))
    before = store.documents.get(document)
    same = DocumentChanges(title=before.title, tags=("A",), correspondent=" acme", clear_asn=True)
    assert store.documents.update(document, same, None, at(2)) == before
    assert len(store.assignments.list(document)) == 2


def test_reasons_go_with_their_document(store: Store) -> None:
    document = deliver(store, tags=("a",)).document_id
    store.catalog.labels.create(LabelKind.TAG, LabelFacts("b"))
    store.documents.delete(document, None, START)
    store.documents.purge(document)
    with pytest.raises(DocumentNotFound):
        store.assignments.list(document)


def ready(store: Store, content: str = "letter") -> DocumentId:
    """Give a document that has been read."""
    job = leased(store, content)
    assert job.document_id is not None
    store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, START)
    return job.document_id


def test_what_documents_would_be_given_again_is_told_and_not_kept(store: Store) -> None:
    free, firm = ready(store, "free"), ready(store, "firm")
    for document, giver in ((free, Giver.RULE), (firm, Giver.BARCODE)):
        store.assignments.propose(document, [Proposal(Aspect.CORRESPONDENT, "Ada", Reason(giver))], START)
    seen = partial(firmer, yielding=frozenset({Giver.RULE}), keep_values=False)
    wanted = {one: [Proposal(Aspect.CORRESPONDENT, "ACME", RULE), Proposal(Aspect.TAG, "bill", LEARNED)] for one in (free, firm)}
    before, latest = [store.documents.get(one) for one in (free, firm)], store.assignments.latest()
    for seconds in (1, 2):
        assert [(one.document_id, one.aspect, one.value, one.before) for one in store.assignments.foresee(wanted, seen, at(seconds))] == [
            (free, Aspect.CORRESPONDENT, "ACME", "Ada"),
            (free, Aspect.TAG, "bill", ""),
            (firm, Aspect.TAG, "bill", ""),
        ]
    assert ([store.documents.get(one) for one in (free, firm)], store.assignments.latest()) == (before, latest)


def test_no_document_is_given_again_that_is_not_ready_and_nothing_that_is_gone(store: Store) -> None:
    there, waiting, thrown, gone = ready(store, "there"), document_id(store, "waiting"), ready(store, "thrown"), DocumentId(4711)
    store.documents.delete(thrown, None, START)
    label = store.catalog.labels.create(LabelKind.CORRESPONDENT, LabelFacts("ACME")).id
    store.catalog.labels.delete(label, None, START)
    proposals = [Proposal(Aspect.CORRESPONDENT, label, RULE), Proposal(Aspect.TAG, "bill", RULE)]
    given = store.assignments.foresee(dict.fromkeys((there, waiting, thrown, gone), proposals), as_it_is, at(1))
    assert [(one.document_id, one.value) for one in given] == [(there, "bill")]
