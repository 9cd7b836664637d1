"""What the store refuses, in words that say what the caller can do."""
# a name that tells what happened needs no "Error" behind it

from collections.abc import Sequence
from pathlib import Path

from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.jobs import JobState


class StoreError(Exception):
    """The root of all errors that the store raises itself."""


class DocumentNotFound(StoreError):
    """No document has this id: it was purged, or there never was one. List or search for the right one."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"there is no document {document_id}")
        self.document_id = document_id


class DocumentNotEditable(StoreError):
    """The document may be seen, and not changed. Ask its owner, or an administrator, for more."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"document {document_id} may not be changed by you")
        self.document_id = document_id


class DocumentOwned(StoreError):
    """Somebody else owns the document, and says who may see it. Ask its owner, or an administrator."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"document {document_id} has another owner, who says who may see it")
        self.document_id = document_id


class ItemNotEditable(StoreError):
    """The label, view or workflow may be seen, and not changed. Ask its owner, or an administrator, for more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' may not be changed by you")


class ItemOwned(StoreError):
    """Somebody else owns the label, view or workflow, and says who may see it. Ask its owner, or an administrator."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' has another owner, who says who may see it")


class PageNotFound(StoreError):
    """The document has no such page. Ask for one between 1 and its page count."""

    def __init__(self, document_id: DocumentId, number: int) -> None:
        super().__init__(f"document {document_id} has no page {number}")
        self.document_id = document_id
        self.number = number


class StaleRevision(StoreError):
    """Somebody changed the document meanwhile. Get it again, and make the change on what it is now."""

    def __init__(self, document_id: DocumentId, expected: int, present: int) -> None:
        super().__init__(f"document {document_id} is at revision {present}, not {expected}: get it again and repeat the change")
        self.document_id = document_id
        self.expected = expected
        self.present = present


class DiscardFailed(StoreError):
    """The original of a document that is to be removed could not be kept, so the document stays. See to the folder, and try again."""

    def __init__(self, document_id: DocumentId, folder: Path, reason: str) -> None:
        super().__init__(f"the original of document {document_id} cannot be copied to {folder}: {reason}; the document stays in the trash")
        self.document_id = document_id


class NothingToUndo(StoreError):
    """A bulk edit has changed nothing that could be given back, or has been undone."""

    def __init__(self, job_id: JobId) -> None:
        super().__init__(f"job {job_id} has changed nothing that can be undone")
        self.job_id = job_id


class NotInTrash(StoreError):
    """Only a document in the trash can be taken out of it or purged. Delete it first."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"document {document_id} is not in the trash: delete it first")
        self.document_id = document_id


class OriginalMissing(StoreError):
    """The bytes of a document are gone from `originals/`. Restore the file from a backup, or take the document in again."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"no original with SHA-256 {sha256} is stored: restore it from a backup, or take the document in again")
        self.sha256 = sha256


class JobNotFound(StoreError):
    """No job has this id; the jobs of a purged document go with it."""

    def __init__(self, job_id: JobId) -> None:
        super().__init__(f"there is no job {job_id}")
        self.job_id = job_id


class StaleFence(StoreError):
    """The lease is gone: it ran out and another worker has the job, or the job was cancelled. Drop the work and its result."""

    def __init__(self, fence: int) -> None:
        super().__init__(f"lease {fence} no longer holds its job: drop the work")
        self.fence = fence


class JobActive(StoreError):
    """A job is queued or at work already. Wait for its end, or cancel it."""

    def __init__(self, job_id: JobId) -> None:
        super().__init__(f"job {job_id} is not done yet: wait for it, or cancel it")
        self.job_id = job_id


class JobNotFailed(StoreError):
    """Only a failed or cancelled job can be tried again."""

    def __init__(self, job_id: JobId, state: JobState) -> None:
        super().__init__(f"job {job_id} is {state}: only a failed or cancelled job can be tried again")
        self.job_id = job_id
        self.state = state


class JobEnded(StoreError):
    """The job has ended, so there is nothing to cancel."""

    def __init__(self, job_id: JobId, state: JobState) -> None:
        super().__init__(f"job {job_id} has ended: it is {state}")
        self.job_id = job_id
        self.state = state


class LabelNotFound(StoreError):
    """No correspondent, document type, tag or storage path has this id or name. List them for the right one."""

    def __init__(self, label: str) -> None:
        super().__init__(f"there is no label {label}")
        self.label = label


class FolderNotFound(StoreError):
    """No document stands in this folder or below it. List the folder above it for the right one."""

    def __init__(self, path: str) -> None:
        super().__init__(f"there is no folder '{path}'")
        self.path = path


class FieldNotFound(StoreError):
    """No custom field has this id or name. List the fields for the right one."""

    def __init__(self, field: str) -> None:
        super().__init__(f"there is no custom field {field}")
        self.field = field


class NoteNotFound(StoreError):
    """The document has no such note; somebody may have removed it."""

    def __init__(self, note_id: int | str) -> None:
        super().__init__(f"there is no note {note_id}")
        self.note_id = note_id


class ViewNotFound(StoreError):
    """No saved view has this id. List them for the right one."""

    def __init__(self, view_id: int | str) -> None:
        super().__init__(f"there is no saved view {view_id}")
        self.view_id = view_id


class AssignmentNotFound(StoreError):
    """The document has no such assignment."""

    def __init__(self, assignment_id: int | str) -> None:
        super().__init__(f"there is no assignment {assignment_id}")
        self.assignment_id = assignment_id


class NameTaken(StoreError):
    """Another one of the kind bears this name; capitals and white space do not tell names apart."""

    def __init__(self, name: str, taken_by: int) -> None:
        super().__init__(f"the name '{name}' is taken: {taken_by} bears it; choose another, or change that one")
        self.name = name
        self.taken_by = taken_by


class StaleItem(StoreError):
    """Somebody changed it meanwhile. Get it again, and make the change on what it is now."""

    def __init__(self, name: str, expected: int, present: int) -> None:
        super().__init__(f"'{name}' is at revision {present}, not {expected}: get it again and repeat the change")
        self.name = name
        self.present = present


class ParentRefused(StoreError):
    """A tag cannot stand below itself, below what is no tag, or too deep. Choose another parent."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' cannot be put there: a tag stands below another tag, never below itself, and at most 8 levels deep")
        self.name = name


class FieldValueInvalid(StoreError):
    """A custom field does not hold such a value."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"the field '{field}' takes {expected}")
        self.field = field
        self.expected = expected


class AsnTaken(StoreError):
    """Another document bears this archive serial number, perhaps in the trash. Choose another, or take it from that one."""

    def __init__(self, asn: int, document_id: DocumentId | None) -> None:
        super().__init__(f"the archive serial number {asn} is taken" + ("" if document_id is None else f" by document {document_id}"))
        self.asn = asn
        self.document_id = document_id


class AssignmentUndone(StoreError):
    """What was given has been changed or undone since then; only what still holds can be undone."""

    def __init__(self, assignment_id: int) -> None:
        super().__init__(f"assignment {assignment_id} does not hold any more: look at the document again")
        self.assignment_id = assignment_id


class WorkflowNotFound(StoreError):
    """No workflow has this id. List them for the right one."""

    def __init__(self, workflow_id: int | str) -> None:
        super().__init__(f"there is no workflow {workflow_id}")
        self.workflow_id = workflow_id


class NamedByWorkflows(StoreError):
    """A workflow names it, and would do something else without it. Take it out of the workflow, or delete that first."""

    def __init__(self, name: str, workflows: Sequence[str]) -> None:
        named = ", ".join(f"'{workflow}'" for workflow in workflows) or "a workflow that you may not see"
        super().__init__(f"'{name}' is named by {named}: take it out of there first, or delete the workflow")
        self.workflows = workflows


class OrderIncomplete(StoreError):
    """A new order names each of its kind once. List them, and order those."""

    def __init__(self, kind: str = "workflow") -> None:
        super().__init__(f"an order names each {kind} once, and no other: list them again, and order those")


class StoreUnavailable(StoreError):
    """The database did not answer, or could not write. Nothing of the call was kept; try again once the cause, which it names, is gone."""


class StoreFailed(StoreUnavailable):
    """The disk of the database failed while it made something safe. This process writes no more: what the disk says is not true."""


class StoreMissing(StoreError):
    """There are originals, and a database that has never held anything: beginning anew would hide them."""

    def __init__(self, originals: Path) -> None:
        super().__init__(
            f"there are documents in {originals}, but their database is empty: put back the database from a backup, or name the right one; "
            f"to begin with nothing, move {originals} away and drop its files into the watched folder again"
        )
        self.originals = originals


class StoreTooNew(StoreError):
    """A newer Scriba wrote this database. Start that version, or restore a backup made before it."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database is at revision {revision}, which this version does not know: start the newer Scriba that wrote it")
        self.revision = revision


class StoreHalfMoved(StoreError):
    """Rows of another database were on their way into this one when that was broken off. Finish it: give the same order again."""

    def __init__(self) -> None:
        super().__init__(
            "a move or a restore into this database was broken off, and some of it is missing: give the same order again, and it goes on"
        )


class UnsupportedDatabase(StoreError):
    """The database URL names a kind of database that Scriba does not speak."""

    def __init__(self, drivername: str) -> None:
        super().__init__(f"{drivername} is not supported: use sqlite:///FILE or postgresql+psycopg2://USER@HOST/NAME")
        self.drivername = drivername
