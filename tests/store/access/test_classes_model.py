"""Whatever is done in whatever order, every document is in the class that its owner, its grants and its labels make."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from actors.store.access import totals
from actors.store.access.classes import access_of
from actors.store.access.permissions import changed
from actors.store.access.reach import holders, reach
from actors.store.errors import NameTaken, NotInTrash, ParentRefused
from actors.store.files.data_dir import DataDir
from actors.store.identity.errors import OwnsDocuments
from actors.store.nouns.access import Access, AccessChange, Grant, Holder, HolderKind, Level, Subject, SubjectKind
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind
from actors.store.nouns.identity import Bequest, Role, UserFacts, UserId
from actors.store.rows.access import AccessClassRow, GrantRow, ReachRow
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import DocumentTagRow
from tests.archives import open_archive
from tests.store.access.bringing import bring
from tests.store.making import START

CONTENTS = st.sampled_from(["a", "b", "c"])
TAGS = st.sampled_from(["x", "y", "z"])
PATHS = st.sampled_from(["p", "q", ""])
USERS = st.sampled_from(["anna", "bert"])
GRANTS = st.lists(
    st.builds(Grant, st.builds(Subject, st.sampled_from([SubjectKind.USER, SubjectKind.GROUP]), st.integers(1, 3)), st.sampled_from(Level)),
    max_size=2,
)


class AccessModel(RuleBasedStateMachine):
    """Does things to a store, and remembers the owner and the own grants of each document."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.store = open_archive(DataDir(Path(self.stack.enter_context(tempfile.TemporaryDirectory()))))
        self.stack.callback(self.store.close)
        for name in ("1", "2", "3"):
            self.store.groups.create(name, [])
        self.deliveries = 0
        self.own: dict[DocumentId, Access] = {}
        self.present: dict[str, DocumentId] = {}
        self.indexed: dict[DocumentId, int] = {}

    def user(self, name: str) -> UserId:
        for user in self.store.users.list(None, 10):
            if user.facts.name == name:
                return user.id
        return self.store.users.create(UserFacts(name, Role.EDITOR), START).id

    def possible(self, grants: list[Grant]) -> tuple[Grant, ...]:
        """Leave out what is granted to a user who is not there: it is refused (tests/service/test_permissions.py)."""
        users = {user.id for user in self.store.users.list(None, 10)}
        return tuple(grant for grant in grants if grant.subject.kind is SubjectKind.GROUP or grant.subject.id in users)

    def label(self, kind: LabelKind, name: str) -> LabelId:
        try:
            return self.store.catalog.labels.create(kind, LabelFacts(name)).id
        except NameTaken:
            return self.store.catalog.labels.find(kind, name).id

    @rule(content=CONTENTS, owner=st.one_of(st.none(), USERS), tags=st.sets(TAGS))
    def deliver(self, content: str, owner: str | None, tags: set[str]) -> None:
        self.deliveries += 1
        bringer = None if owner is None else self.user(owner)
        if content not in self.present:
            accepted = bring(self.store, content, bringer, key=f"{self.deliveries}", tags=tuple(tags))
            self.present[content] = accepted.document_id
            self.own[accepted.document_id] = Access(bringer)

    @rule(content=CONTENTS, tags=st.sets(TAGS), path=PATHS)
    def file(self, content: str, tags: set[str], path: str) -> None:
        if (document := self.present.get(content)) is not None:
            self.store.documents.update(document, DocumentChanges(tags=tuple(tags), storage_path=path), None, START)

    @rule(
        content=CONTENTS, owner=st.one_of(st.none(), USERS), clear=st.booleans(), grants=st.one_of(st.none(), GRANTS), private=st.booleans()
    )
    def grant(self, content: str, owner: str | None, clear: bool, grants: list[Grant] | None, private: bool) -> None:
        if (document := self.present.get(content)) is not None:
            change = AccessChange(
                None if owner is None else self.user(owner), clear, None if grants is None else self.possible(grants), private
            )
            self.store.permissions.change([document], change, None, START)
            self.own[document] = changed(self.own[document], change)

    @rule(name=TAGS, grants=GRANTS)
    def grant_by_tag(self, name: str, grants: list[Grant]) -> None:
        self.store.permissions.set_grants(Holder(HolderKind.LABEL, self.label(LabelKind.TAG, name)), self.possible(grants), START)

    @rule(name=st.sampled_from(["p", "q"]), grants=GRANTS)
    def grant_by_path(self, name: str, grants: list[Grant]) -> None:
        self.store.permissions.set_grants(Holder(HolderKind.LABEL, self.label(LabelKind.STORAGE_PATH, name)), self.possible(grants), START)

    @rule(name=USERS, grants=GRANTS)
    def grant_by_owner(self, name: str, grants: list[Grant]) -> None:
        self.store.permissions.set_grants(Holder(HolderKind.OWNER, self.user(name)), self.possible(grants), START)

    @rule(name=TAGS, above=TAGS)
    def put_below(self, name: str, above: str) -> None:
        tag, parent = self.label(LabelKind.TAG, name), self.label(LabelKind.TAG, above)
        try:
            self.store.catalog.labels.update(tag, LabelFacts(name, parent=parent), None, START)
        except ParentRefused:
            assert tag == parent or any(label.facts.parent for label in self.store.catalog.labels.all())

    @rule(kind=st.sampled_from([(LabelKind.TAG, "x"), (LabelKind.TAG, "y"), (LabelKind.STORAGE_PATH, "p")]))
    def remove_label(self, kind: tuple[LabelKind, str]) -> None:
        self.store.catalog.labels.delete(self.label(*kind), None, START)

    @rule(name=USERS, heir=st.booleans())
    def remove_user(self, name: str, heir: bool) -> None:
        goes, stays = self.user(name), self.user("bert" if name == "anna" else "anna")
        owned = [document for document, access in self.own.items() if access.owner == goes]
        try:
            self.store.users.delete(goes, None, Bequest(stays, START) if heir else None)
        except OwnsDocuments:
            assert owned
            assert not heir
            return
        for document in owned:
            self.own[document] = changed(self.own[document], AccessChange(owner=stays))

    @rule(content=CONTENTS)
    def remove(self, content: str) -> None:
        if (document := self.present.get(content)) is not None:
            try:
                self.store.documents.purge(document)
                del self.present[content], self.own[document]
            except NotInTrash:
                self.store.documents.delete(document, None, START)

    @rule()
    def index(self) -> None:
        pending = self.store.outbox.pending(2)
        entries = self.store.documents.for_index([document for document, _ in pending])
        for document, _ in pending:
            self.indexed.pop(document, None)
        self.indexed |= {entry.document.id: entry.document.access for entry in entries}
        self.store.outbox.done(pending)

    @invariant()
    def every_document_is_in_its_class(self) -> None:
        with self.store.database.read() as session:
            granting = {row.holder_id for row in session.scalars(select(GrantRow).where(GrantRow.holder_kind == HolderKind.LABEL))}
            tags = session.execute(select(DocumentTagRow.document_id, DocumentTagRow.tag_id)).all()
            classes = {row.id: access_of(row) for row in session.scalars(select(AccessClassRow))}
            for row in session.scalars(select(DocumentRow)):
                worn = {tag for document, tag in tags if document == row.id} | {row.path_id}
                own = self.own[DocumentId(row.id)]
                labels = tuple(sorted(LabelId(label) for label in granting if label in worn))
                assert classes[row.access_id] == Access(own.owner, own.grants, own.private, labels)
                assert row.owner_id == own.owner

    @invariant()
    def every_tag_of_a_document_is_in_its_class(self) -> None:
        with self.store.database.read() as session:
            beside = select(DocumentTagRow.access_id, DocumentRow.access_id).join(DocumentRow, DocumentRow.id == DocumentTagRow.document_id)
            assert [(own, kept) for own, kept in session.execute(beside) if own != kept] == []

    @invariant()
    def every_class_is_reached_as_its_grants_say(self) -> None:
        with self.store.database.read() as session:
            found = dict[int, dict[Subject, Level]]()
            for row in session.scalars(select(ReachRow)):
                found.setdefault(row.access_id, {})[Subject(row.subject_kind, row.subject_id)] = row.level
            classes = {row.id: access_of(row) for row in session.scalars(select(AccessClassRow))}
        granted = self.store.permissions.grants({holder for access in classes.values() for holder in holders(access)})
        assert found == {number: reached for number, access in classes.items() if (reached := reach(access, granted))}

    @invariant()
    def every_class_is_said_to_have_the_documents_that_it_has(self) -> None:
        with self.store.database.read() as session:
            assert totals.kept(session) == totals.counted(session)

    @invariant()
    def the_index_lacks_only_what_the_outbox_holds(self) -> None:
        waiting = {document for document, _ in self.store.outbox.pending(100)}
        entries = self.store.documents.for_index(list(self.own))
        differing = [entry.document.id for entry in entries if self.indexed.get(entry.document.id) != entry.document.access]
        assert set(differing) <= waiting

    def teardown(self) -> None:
        self.stack.close()


AccessModel.TestCase.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
TestClassesAgainstAModel = AccessModel.TestCase
