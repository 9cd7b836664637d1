"""Somebody who keeps a household's archive for a year: sets it up, hands papers in, files some, and asks why."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from google.protobuf.field_mask_pb2 import FieldMask

from scriba.v1.assignments_pb2 import Assignment, Giver, ListAssignmentsRequest
from scriba.v1.catalog_pb2 import CreateFieldRequest, CreateLabelRequest, Field, FieldKind, Label, LabelKind, Matching
from scriba.v1.documents_pb2 import Document, SuggestValuesRequest, UpdateDocumentRequest
from tests.end_to_end.person import Person
from tests.household.files import file_of
from tests.household.papers import INBOX, INSURANCE, STATEMENTS, Paper, Told, Way

# A year is handed in as fast as it can be; then it is waited for.
SETTLED_SECONDS = 400.0
LEARNED_SECONDS = 200.0
TREE = (("home", ""), ("energy", "home"))
RULES: Sequence[tuple[LabelKind.ValueType, str, Matching.ValueType, str]] = (
    (LabelKind.LABEL_KIND_CORRESPONDENT, "Stadtwerke Lindenau", Matching.MATCHING_EXACT, "Stadtwerke Lindenau"),
    (LabelKind.LABEL_KIND_CORRESPONDENT, "Savings Bank Lindenau", Matching.MATCHING_REGEX, r"Savings\s+Bank\s+Lindenau"),
    (LabelKind.LABEL_KIND_CORRESPONDENT, "Furniture House Oakmoor", Matching.MATCHING_FUZZY, "Furniture House Oakmoor"),
    (LabelKind.LABEL_KIND_CORRESPONDENT, INSURANCE, Matching.MATCHING_AUTO, ""),
    (LabelKind.LABEL_KIND_DOCUMENT_TYPE, "Invoice", Matching.MATCHING_ANY, "rechnung invoice"),
    (LabelKind.LABEL_KIND_DOCUMENT_TYPE, STATEMENTS, Matching.MATCHING_ALL, "statement balance"),
)


class Home:
    """One person at one archive."""

    def __init__(self, person: Person, desk: Path) -> None:
        self._person = person
        self._desk = desk

    def set_up(self) -> None:
        """Make the labels with their rules, the tags with their tree, and the field."""
        catalog = self._person.client.catalog
        for kind, name, matching, pattern in RULES:
            catalog.CreateLabel(CreateLabelRequest(label=Label(kind=kind, name=name, matching=matching, pattern=pattern)))
        tag = LabelKind.LABEL_KIND_TAG
        catalog.CreateLabel(CreateLabelRequest(label=Label(kind=tag, name=INBOX, inbox=True, matching=Matching.MATCHING_NONE)))
        ids = {"": ""}
        for name, above in TREE:
            rule = {"energy": "strom gas"}.get(name, "")
            label = Label(kind=tag, name=name, parent_id=ids[above], pattern=rule)
            label.matching = Matching.MATCHING_ANY if rule else Matching.MATCHING_NONE
            ids[name] = catalog.CreateLabel(CreateLabelRequest(label=label)).label.id
        number = Field(name="Customer number", kind=FieldKind.FIELD_KIND_TEXT, extraction=r"Kundennummer:\s*(\d+)")
        catalog.CreateField(CreateFieldRequest(field=number))

    def hand_in(self, papers: Iterable[Paper]) -> None:
        """Bring papers into the archive, each its own way, and wait until all are read."""
        for paper in papers:
            content = file_of(paper)
            match paper.way:
                case Way.FOLDER:
                    self._person.drop(paper.name, content)
                case Way.UPLOAD:
                    title, correspondent = paper.sent.get("title", ""), paper.sent.get("correspondent", "")
                    self._person.client.upload(BytesIO(content), filename=paper.name, title=title, correspondent=correspondent)
                case Way.COMMAND:
                    file = self._desk / paper.name
                    file.write_bytes(content)
                    options = [word for option, value in paper.sent.items() for word in (f"--{option}", value)]
                    typed = self._person.type("upload", str(file), *options)
                    assert typed.code == 0, typed
        self._person.wait_until(self._person.daemon.settled, SETTLED_SECONDS)

    def file_by_hand(self, papers: Iterable[Paper]) -> None:
        """Take papers out of the inbox, and say of those of the insurance whose they are."""
        found = self.documents()
        for paper in papers:
            document = found[Path(paper.name).name]
            tags = [tag for tag in document.tags if tag != INBOX]
            changed, paths = Document(id=document.id, tags=tags), ["tags"]
            if paper.name.startswith("policy"):
                changed.correspondent = INSURANCE
                paths.append("correspondent")
            self._person.client.documents.UpdateDocument(UpdateDocumentRequest(document=changed, update_mask=FieldMask(paths=paths)))

    def wait_until_learned(self, paper: Paper) -> None:
        """Wait until the archive would know the sender of a paper by itself."""
        document = self.documents()[Path(paper.name).name]
        request = SuggestValuesRequest(id=document.id)

        def is_learned() -> bool:
            labels = self._person.client.documents.SuggestValues(request).labels
            return any(label.giver == Giver.GIVER_CLASSIFIER for label in labels)

        self._person.wait_until(is_learned, LEARNED_SECONDS)

    def documents(self) -> Mapping[str, Document]:
        """Give all documents by the names of their files."""
        return {document.original_filename: document for document in self._person.client.list_documents()}

    def told(self, document: Document) -> list[Told]:
        """Ask who gave a document its values, and why."""
        answer = self._person.client.assignments.ListAssignments(ListAssignmentsRequest(document_id=document.id))
        return sorted(_told(one) for one in answer.assignments)


def _told(one: Assignment) -> Told:
    return Told(one.aspect, one.value or f"without {one.before}", one.giver, one.reason, one.field)
