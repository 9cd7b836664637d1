"""Which labels the names in proposals mean, and which of those proposed a document may get, in the one transaction that is open."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.assignments.given import PERSONS
from actors.store.catalog.names import label_ids
from actors.store.identity.rows import user_row, users_of
from actors.store.nouns.access import Viewer, viewer_of
from actors.store.nouns.assignments import Aspect, Giver, Proposal
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.nouns.identity import UserId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import LabelRow
from actors.store.rows.seeing import WHOLE, reached_of, viewer_in

LABEL_KINDS = {
    Aspect.CORRESPONDENT: LabelKind.CORRESPONDENT,
    Aspect.DOCUMENT_TYPE: LabelKind.DOCUMENT_TYPE,
    Aspect.STORAGE_PATH: LabelKind.STORAGE_PATH,
    Aspect.TAG: LabelKind.TAG,
}
# An administrator at work, who means any label that there is.
_ANYBODY = Viewer(UserId(0), everything=True)

Proposed = Sequence[tuple[DocumentRow, Sequence[Proposal]]]


class Naming:
    """Knows the labels that some documents' proposals name. A person means what he sees, a machine what the document's owner sees."""

    def __init__(self, session: Session, proposed: Proposed) -> None:
        self._session = session
        self._owners = dict[int | None, Viewer | None]({None: None})
        named = dict[tuple[Aspect, Viewer | None], dict[str, None]]()
        for row, proposals in proposed:
            for one in proposals:
                if one.aspect in LABEL_KINDS and isinstance(one.value, str):
                    named.setdefault((one.aspect, self._person(row, one)), {})[one.value] = None
        self._labels = {
            (aspect, person, name): label
            for (aspect, person), names in named.items()
            for name, label in label_ids(session, LABEL_KINDS[aspect], names, person).items()
        }
        self._kept = self._kept_from(proposed)

    def label(self, row: DocumentRow, proposal: Proposal) -> LabelId:
        """Tell which label a proposal names."""
        return self._labels[proposal.aspect, self._person(row, proposal), str(proposal.value)]

    def is_kept_from(self, row: DocumentRow, proposal: Proposal) -> bool:
        """Tell whether a machine proposes a label to a document that the label's owner may not see."""
        return (row.id, proposal.value) in self._kept and proposal.reason.giver not in PERSONS

    def _person(self, row: DocumentRow, proposal: Proposal) -> Viewer | None:
        viewer = viewer_in(self._session)
        if viewer is not None or proposal.reason.giver is Giver.USER:
            return viewer or _ANYBODY
        return self._owner(row.owner_id)

    def _owner(self, owner: int | None) -> Viewer | None:
        if owner not in self._owners:
            user = user_row(self._session, UserId(owner or 0))
            self._owners[owner] = viewer_of(users_of(self._session, [user])[0])
        return self._owners[owner]

    def _kept_from(self, proposed: Proposed) -> set[tuple[int, object]]:
        machines = {
            one.value
            for _, proposals in proposed
            for one in proposals
            if one.aspect in LABEL_KINDS and isinstance(one.value, int) and one.reason.giver not in PERSONS
        }
        owned = self._owned(machines)
        access_ids = {row.access_id for row, _ in proposed}
        reached = {owner: reached_of(self._session, self._owner(owner), access_ids) for owner in set(owned.values())}
        return {
            (row.id, one.value)
            for row, proposals in (proposed if owned else ())
            for one in proposals
            if isinstance(one.value, int) and one.value in owned and row.access_id not in reached[owned[one.value]]
        }

    def _owned(self, labels: Iterable[int]) -> Mapping[int, int]:
        wanted = sorted(set(labels))
        if not wanted:
            return {}
        query = select(LabelRow.id, LabelRow.owner_id).where(LabelRow.id.in_(wanted), LabelRow.owner_id.is_not(None))
        return {label: owner for label, owner in self._session.execute(query, execution_options=WHOLE) if owner is not None}
