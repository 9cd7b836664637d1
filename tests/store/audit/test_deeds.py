"""What somebody does is kept with it, in his name, or not at all."""

import pytest

from actors.store.audit.deeds import note_read
from actors.store.errors import DocumentNotFound
from actors.store.nouns.access import AccessChange, Grant, Holder, HolderKind, Subject, SubjectKind, viewer_of
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.audit import UNTOLD, Act, AuditEntry, AuditFilter, AuditNoun, Author, AuthorKind, Change, Deed
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelKind
from actors.store.nouns.identity import NewInvitation, NewToken, Role, TokenId, TokenKind, UserFacts
from actors.store.nouns.jobs import JobKind
from actors.store.nouns.sealed import Sealed
from actors.store.store import Store
from tests.store.making import START, at, document_id

ANNA = Author(AuthorKind.USER, "Anna", token=TokenId(3), token_name="Firefox", address="192.0.2.7")
EVERYTHING = AuditFilter()


def told(store: Store, wanted: AuditFilter = EVERYTHING) -> list[AuditEntry]:
    return list(store.audit.list(wanted, None, 1000))


def deeds(store: Store, wanted: AuditFilter = EVERYTHING) -> list[Deed]:
    return [entry.deed for entry in reversed(told(store, wanted))]


@pytest.fixture
def by_anna(store: Store) -> Store:
    return store.acting(ANNA, lambda: at(1))


def test_a_change_is_told_with_who_made_it_and_the_values_before_and_after(store: Store, by_anna: Store) -> None:
    document = document_id(store, "letter")
    by_anna.documents.update(document, DocumentChanges(title="bill", correspondent="Bank"), None, at(1))
    made, changed = reversed(told(store))
    bank = store.catalog.labels.find(LabelKind.CORRESPONDENT, "Bank").id
    assert (changed.time, changed.author) == (at(1), ANNA)
    assert changed.deed == Deed(
        Act.CHANGED,
        AuditNoun.DOCUMENT,
        document,
        "bill",
        (Change("title", "letter", "bill"), Change("correspondent", "", "Bank", labels=(bank,))),
    )
    assert made.deed == Deed(Act.CREATED, AuditNoun.LABEL, bank, "Bank", (Change("kind", "", "correspondent"),))


def test_machines_are_not_told(store: Store) -> None:
    document = document_id(store)
    store.documents.update(document, DocumentChanges(title="bill"), None, at(1))
    assert told(store) == []


def test_what_is_not_kept_is_not_told(store: Store, by_anna: Store) -> None:
    document = document_id(store)
    by_anna.documents.update_many([(document, DocumentChanges(title="bill"), None)], at(1), dry_run=True)
    with pytest.raises(DocumentNotFound):
        by_anna.documents.update_many([(one, DocumentChanges(title="bill"), None) for one in (document, DocumentId(999))], at(1))
    by_anna.documents.update(document, DocumentChanges(title="letter"), None, at(1))
    assert told(store) == []


def test_a_document_goes_to_the_trash_comes_back_and_goes_for_ever(store: Store, by_anna: Store) -> None:
    document = document_id(store)
    by_anna.documents.delete(document, None, at(1))
    by_anna.documents.undelete(document, at(2))
    by_anna.documents.delete_many([document], at(3))
    by_anna.documents.purge(document)
    assert deeds(store) == [
        Deed(act, AuditNoun.DOCUMENT, document, "letter") for act in (Act.DELETED, Act.RESTORED, Act.DELETED, Act.PURGED)
    ]


def test_a_note_is_told_without_its_words(store: Store, by_anna: Store) -> None:
    document = document_id(store)
    note = by_anna.notes.add(document, "Anna", "unspeakable", at(1))
    by_anna.notes.change(document, note.id, "unspeakable still", at(2))
    by_anna.notes.remove(document, note.id, at(3))
    sides = [("", UNTOLD), (UNTOLD, UNTOLD), (UNTOLD, "")]
    assert deeds(store) == [
        Deed(Act.CHANGED, AuditNoun.DOCUMENT, document, "letter", (Change(f"note {note.id}", *side),)) for side in sides
    ]


def test_catalogue_views_and_groups_are_told(store: Store, by_anna: Store) -> None:
    label = by_anna.catalog.labels.create(LabelKind.TAG, LabelFacts("tax"))
    by_anna.catalog.labels.update(label.id, LabelFacts("taxes"), None, at(1))
    by_anna.catalog.labels.delete(label.id, None, at(1))
    field = by_anna.catalog.fields.create(FieldKind.TEXT, FieldFacts("number"), ())
    user = by_anna.users.create(UserFacts("Bert", Role.EDITOR), at(1))
    group = by_anna.groups.create("family", [user.id])
    by_anna.groups.update(group.id, "kin", [], None)
    assert [(deed.act, deed.noun, deed.subject, deed.name) for deed in deeds(store)] == [
        (Act.CREATED, AuditNoun.LABEL, label.id, "tax"),
        (Act.CHANGED, AuditNoun.LABEL, label.id, "taxes"),
        (Act.DELETED, AuditNoun.LABEL, label.id, "taxes"),
        (Act.CREATED, AuditNoun.FIELD, field.id, "number"),
        (Act.CREATED, AuditNoun.USER, user.id, "Bert"),
        (Act.CREATED, AuditNoun.GROUP, group.id, "family"),
        (Act.CHANGED, AuditNoun.GROUP, group.id, "kin"),
    ]
    assert deeds(store)[-1].changes == (Change("name", "family", "kin"), Change("members", "Bert", ""))


def test_secrets_are_told_to_have_changed_and_never_shown(store: Store, by_anna: Store) -> None:
    user = by_anna.users.create(UserFacts("Bert", Role.ADMIN), at(1))
    by_anna.invitations.create(NewInvitation("digest-1", user.id, at(1000)))
    by_anna.users.set_password(user.id, "hash-1")
    by_anna.users.set_second_factor(user.id, Sealed("sealed-1"), 1, ["code-1", "code-2"])
    assert by_anna.users.use_recovery_code(user.id, "code-1")
    by_anna.users.remove_second_factor(user.id)
    token = by_anna.tokens.create(NewToken(user.id, TokenKind.ACCESS, "backup", "digest-2"), at(1))
    by_anna.tokens.revoke(user.id, token.id)
    assert [(deed.act, change.field, change.before, change.after) for deed in deeds(store)[1:] for change in deed.changes] == [
        (Act.CHANGED, "invitation", "", UNTOLD),
        (Act.CHANGED, "password_hash", "", UNTOLD),
        (Act.CHANGED, "secret", "", UNTOLD),
        (Act.CHANGED, "recovery_codes", "", UNTOLD),
        (Act.CHANGED, "recovery_codes", UNTOLD, ""),
        (Act.CHANGED, "secret", UNTOLD, ""),
        (Act.CREATED, "kind", "", "access"),
    ]
    assert (deeds(store)[-1].act, deeds(store)[-1].name) == (Act.DELETED, "backup")
    assert not any(secret in repr(told(store)) for secret in ("hash-1", "sealed-1", "code-1", "digest-1", "digest-2"))


def test_sessions_begin_and_end(store: Store, by_anna: Store) -> None:
    user = store.users.create(UserFacts("Bert", Role.EDITOR), at(1))
    session = by_anna.tokens.create(NewToken(user.id, TokenKind.SESSION, "Firefox", "digest"), at(1))
    by_anna.users.set_password(user.id, "hash")
    acts = [(deed.act, deed.noun, deed.subject, deed.name) for deed in deeds(store)]
    assert acts == [
        (Act.SIGNED_IN, AuditNoun.TOKEN, session.id, "Firefox"),
        (Act.SIGNED_OUT, AuditNoun.TOKEN, session.id, "Firefox"),
        (Act.CHANGED, AuditNoun.USER, user.id, "Bert"),
    ]


def test_owners_and_grants_are_told_by_name(store: Store, by_anna: Store) -> None:
    document, user = document_id(store), store.users.create(UserFacts("Bert", Role.EDITOR), at(1))
    group = store.groups.create("family", [user.id])
    grants = (Grant(Subject(SubjectKind.USER, user.id)), Grant(Subject(SubjectKind.GROUP, group.id)))
    by_anna.permissions.change([document], AccessChange(owner=user.id, grants=grants, private=True), None, at(1))
    by_anna.permissions.set_grants(Holder(HolderKind.OWNER, user.id), grants[:1], at(1))
    shared, granted = deeds(store)
    assert set(shared.changes) == {
        Change("owner", "", "Bert"),
        Change("grants", "", "family (view), Bert (view)"),
        Change("private", "no", "yes"),
    }
    assert granted == Deed(Act.CHANGED, AuditNoun.USER, user.id, "Bert", (Change("grants", "", "Bert (view)"),))


def test_a_bulk_edit_is_told_of_each_document_in_the_name_of_whoever_ordered_it(store: Store, by_anna: Store) -> None:
    documents = [document_id(store, content) for content in ("a", "b")]
    order = BulkOrder(BulkAction.EDIT, DocumentChanges(add_tags=("tax",)))
    job = by_anna.bulk_edits.start(order, documents, "add a tag", at(1))
    (leased,) = [one for one in store.jobs.lease("worker", 10, at(2)) if one.id == job]
    store.bulk_edits.step(job, leased.fence, 0, documents, 2, at(2))
    changed = [entry for entry in told(store) if entry.deed.noun is AuditNoun.DOCUMENT]
    assert {entry.deed.subject for entry in changed} == set(documents)
    assert {entry.author for entry in told(store)} == {ANNA}
    assert deeds(store)[0] == Deed(Act.ORDERED, AuditNoun.JOB, job, "add a tag", (Change("job", "", "bulk_edit"),))


def test_a_bulk_edit_tells_nothing_of_what_stood_in_its_way(store: Store, by_anna: Store) -> None:
    free, busy = document_id(store, "free"), document_id(store, "busy")
    store.jobs.cancel(store.jobs.list(frozenset(), free, None, 1)[0].id, at(1))
    job = by_anna.bulk_edits.start(BulkOrder(BulkAction.REPROCESS), [free, busy], "read again", at(1))
    (leased,) = [one for one in store.jobs.lease("worker", 10, at(2)) if one.id == job]
    store.bulk_edits.step(job, leased.fence, 0, [free, busy], 2, at(2))
    ordered = [(deed.act, deed.noun, deed.subject) for deed in deeds(store)]
    assert ordered == [(Act.ORDERED, AuditNoun.JOB, job), (Act.ORDERED, AuditNoun.DOCUMENT, free)]


def test_a_read_is_noted_by_whoever_lets_it_happen(store: Store) -> None:
    document = document_id(store)
    link = store.acting(Author(AuthorKind.SHARE_LINK, "", token_name="for the bank", address="192.0.2.9"), lambda: at(5))
    with link.database.write() as session:
        note_read(session, AuditNoun.DOCUMENT, document)
    link.audit.note(Deed(Act.READ, AuditNoun.DOCUMENT, document))
    assert deeds(store) == [Deed(Act.READ, AuditNoun.DOCUMENT, document, "letter")] * 2
    assert {entry.author.token_name for entry in told(store)} == {"for the bank"}


def test_jobs_that_are_ordered_and_stopped_are_told_of_their_documents(store: Store, by_anna: Store) -> None:
    document = document_id(store)
    (first,) = store.jobs.list(frozenset(), document, None, 1)
    by_anna.jobs.cancel(first.id, at(1))
    by_anna.jobs.enqueue(document, JobKind.DOCUMENT, "letter", {}, at(2))
    assert deeds(store) == [
        Deed(Act.CHANGED, AuditNoun.DOCUMENT, document, "letter", (Change("job", "queued", "cancelled"),)),
        Deed(Act.ORDERED, AuditNoun.DOCUMENT, document, "letter", (Change("job", "", "document"),)),
    ]


def test_filters_narrow_and_pages_go_on(store: Store, by_anna: Store) -> None:
    document = document_id(store)
    for number in range(5):
        by_anna.documents.update(document, DocumentChanges(title=f"title {number}"), None, at(number))
    other = store.acting(Author(AuthorKind.LOCAL, "local"), lambda: at(60))
    other.documents.delete(document, None, at(60))
    first = store.audit.list(AuditFilter(act=Act.CHANGED), None, 3)
    rest = store.audit.list(AuditFilter(act=Act.CHANGED), first[-1].id, 3)
    assert [entry.deed.changes[0].after for entry in (*first, *rest)] == [f"title {number}" for number in (4, 3, 2, 1, 0)]
    assert [deed.act for deed in deeds(store, AuditFilter(since=at(60)))] == [Act.DELETED]
    assert len(deeds(store, AuditFilter(until=at(60), noun=AuditNoun.DOCUMENT, subject=document))) == 5


def test_history_leaves_out_what_its_reader_does_not_see(store: Store, by_anna: Store) -> None:
    bert = store.users.create(UserFacts("Bert", Role.EDITOR), at(1))
    mine, hidden = document_id(store, "mine"), document_id(store, "hidden")
    store.permissions.change([hidden], AccessChange(owner=store.users.create(UserFacts("Carl", Role.EDITOR), at(1)).id), None, at(1))
    field = store.catalog.fields.create(FieldKind.DOCUMENTS, FieldFacts("see also"), ())
    by_anna.documents.update(mine, DocumentChanges(fields=((field.id, (hidden,)),)), None, at(2))
    by_anna.documents.update(mine, DocumentChanges(title="seen"), None, at(3))
    seen = store.seen_by(viewer_of(bert))
    entries, more = seen.audit.history(mine, None, 10)
    assert [entry.deed.changes for entry in entries] == [(Change("title", "mine", "seen"),)]
    assert more is None
    assert len(store.audit.history(mine, None, 10)[0]) == 2
    with pytest.raises(DocumentNotFound):
        seen.audit.history(hidden, None, 10)


def test_what_is_old_goes_in_batches_and_its_going_is_told(store: Store, by_anna: Store) -> None:
    document = document_id(store)
    for number in range(5):
        by_anna.documents.update(document, DocumentChanges(title=f"title {number}"), None, at(number))
    assert [store.audit.prune(at(100), 3), store.audit.prune(at(100), 3), store.audit.prune(at(100), 3)] == [3, 2, 0]
    store.audit.tell_pruned(at(100), 5, at(200))
    (entry,) = told(store)
    assert (entry.time, entry.author.kind, entry.deed.act) == (at(200), AuthorKind.ARCHIVE, Act.PURGED)
    assert entry.deed.changes == (Change("entries", "5", ""), Change("older_than", "", at(100).isoformat()))
    assert entry.time > START
