"""An archive with a real index in which Anna's papers hold a word that Bert must never hear; or the same archive without these papers."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from actors.identity.tokens import digest
from actors.index.index import Index
from actors.index.searcher import Searcher
from actors.store.files.data_dir import DataDir
from actors.store.files.health import SOUND
from actors.store.nouns.access import AccessChange, Grant, Subject, SubjectKind
from actors.store.nouns.archive import NOTHING_GIVEN, DocumentChanges, DocumentId, DocumentState, NewDocument, SourceKey, SourceKind
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import FieldFacts, FieldKind
from actors.store.nouns.identity import NewToken, Role, TokenKind, UserFacts, UserId
from actors.store.nouns.sharing import NewShareLink, ShareLinkFacts
from daemon.cast.shelf import Shelf
from daemon.keeping.figures import Figures
from daemon.metrics import ArchiveCollector, StoreCollector
from scriba.v1 import versions_pb2, versions_pb2_grpc
from tests.archives import open_archive
from tests.service.carrying import carry_out
from tests.service.house import NOW, House, bearer, open_house
from tests.service.test_near_duplicates import compare
from tests.service.test_sight import CANARY, People, entitle, hidden_items

# What Bert may read is near to what he may not in all that search knows: nearly its word, its text, its labels, its fields, its day.
NEARLY = "canarybard"
TEXT = "the invoice of the water works for the house by the lake"
DAY = date(2024, 5, 15)
HIDDEN_ITEMS = {"label": "6", "view": "1", "workflow": "1", "account": "1", "rule": "1", "mail": "1", "notification": "1"}
HERS = bearer("anna's")


@asynccontextmanager
async def archive(root: Path, hidden: bool) -> AsyncIterator[People]:
    """Open a house with what Bert may see in it and, where that is wanted, with what he may not: all ids of the first are the same."""
    store = open_archive(DataDir(root))
    index, searcher = Index(Shelf(store), store.data.index), Searcher(store.data.index, store.pages.texts_of, store.catalog)
    running = asyncio.create_task(index.run())
    async with open_house(store, index=index, searcher=searcher) as house:
        house.pipeline.work = partial(carry_out, house)
        house.registry.register(ArchiveCollector(Figures(store, lambda: NOW)))
        house.registry.register(StoreCollector(lambda: SOUND))
        people = with_papers(house)
        if hidden:
            await hide(people)
        await index.apply()
        yield people
    await index.stop()
    await running
    searcher.close()
    store.close()


def with_papers(house: House) -> People:
    """Add Anna, Bert, and papers that Bert may see; name what is hidden by the ids that it has where it is there."""
    store = house.store
    anna, bert = (user(house, name) for name in ("anna", "bert"))
    text, link, related = (
        store.catalog.fields.create(kind, FieldFacts(name), ()).id
        for name, kind in (("codename", FieldKind.TEXT), ("link", FieldKind.URL), ("related", FieldKind.DOCUMENTS))
    )
    fields = ((text, NEARLY), (link, f"https://{NEARLY}.example/"))
    given = DocumentChanges(tags=("birds",), created_date=DAY, fields=fields)
    shown = bring(house, "letter", f"{TEXT} {NEARLY}", anna, given)
    own = bring(house, "invoice", f"{TEXT} in May", bert, replace(given, correspondent="water works"))
    bring(house, NEARLY, f"{TEXT} and the garden by the river", None)
    entitle(store, shown, AccessChange(grants=(Grant(Subject(SubjectKind.USER, bert)),)))
    store.documents.update(DocumentId(int(shown)), DocumentChanges(fields=((related, (int(own),)),)), None, NOW)
    compare(house, shown)
    compare(house, own, (shown, 0.9))
    return People(house, anna, bert, hidden="4", shown=shown, job="4", items=HIDDEN_ITEMS)


def user(house: House, name: str) -> UserId:
    """Add an editor, who is signed in."""
    made = house.store.users.create(UserFacts(name.title(), Role.EDITOR), NOW).id
    end = NOW + timedelta(days=1)
    house.store.tokens.create(NewToken(made, TokenKind.SESSION, "laptop", digest(f"{name}'s"), expire_time=end), NOW)
    return made


def bring(house: House, title: str, text: str, owner: UserId | None, given: DocumentChanges = NOTHING_GIVEN, fails: str = "") -> str:
    """Take a PDF in and to its end, but for the index; its file bears the name of its title."""
    store, content = house.store, f"{title}: {text}".encode()
    staged, sha256 = store.data.incoming / "brought", hashlib.sha256(content).hexdigest()
    staged.write_bytes(content)
    store.originals.put(staged, sha256, ".pdf")
    new = NewDocument(sha256, len(content), "application/pdf", f"{title}.pdf", title, given, owner=owner)
    document = store.documents.accept(new, SourceKey(SourceKind.FOLDER, sha256), NOW).document_id
    job = house.work((text,))
    if fails:
        store.jobs.fail(job.id, job.fence, fails, retryable=False, now=NOW, jitter=0.0)
    else:
        store.documents.set_result(document, job.fence, DocumentState.READY, "en", (), False, NOW)
        store.jobs.succeed(job.id, job.fence, NOW)
    return str(document)


async def hide(people: People) -> None:
    """Put the word wherever Anna can: into papers, notes, fields, labels, a view, a workflow, links, jobs and their errors."""
    house, store, anna = people.house, people.house.store, people.anna
    by_name = store.catalog.fields.by_name(["codename", "link", "related"])
    text, link, related = (by_name[name].id for name in ("codename", "link", "related"))
    shown = DocumentId(int(people.shown))
    fields = ((text, CANARY), (link, f"https://{CANARY}.example/"), (related, (int(shown),)))
    given = DocumentChanges(tags=("birds",), correspondent="water works", created_date=DAY, fields=fields)
    hidden = bring(house, CANARY, f"{TEXT} {CANARY} {NEARLY}", anna, given)
    assert (hidden, hidden_items(store, anna, shown)) == (people.hidden, people.items)
    store.documents.update(shown, DocumentChanges(fields=((related, (2, int(hidden))),)), None, NOW)
    store.notes.add(DocumentId(int(hidden)), "Anna", f"{CANARY} again", NOW)
    compare(house, hidden, (people.shown, 0.9), ("2", 0.9))
    store.share_links.create(NewShareLink(anna, digest("link"), (DocumentId(int(hidden)),), facts=ShareLinkFacts(CANARY)), NOW)
    bring(house, f"{CANARY} failed", CANARY, anna, fails=CANARY)
    store.documents.delete(DocumentId(int(bring(house, f"{CANARY} trashed", CANARY, anna))), None, NOW)
    store.bulk_edits.start(BulkOrder(BulkAction.EDIT, DocumentChanges(title=CANARY)), [DocumentId(int(hidden))], CANARY, NOW)
    turned = versions_pb2.EditPagesRequest(
        request_id="hers-alone", document_id=hidden, pages=[versions_pb2.TurnedPage(number=1, turn=90)], label=CANARY
    )
    await versions_pb2_grpc.VersionServiceStub(house.channel).EditPages(turned, metadata=HERS)
