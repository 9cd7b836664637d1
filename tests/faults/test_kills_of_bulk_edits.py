"""F1, F2: whoever changes many documents is killed at a step, or at any moment; the job goes on by itself, and leaves what it should."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, cycle, product
from pathlib import Path

import pytest

from actors.failpoints import Failpoint, Moment, Point
from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.pipeline.bulk_editing import DOCUMENTS_AT_ONCE
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, JobId
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import LabelFacts, LabelKind, Matching, MatchRule
from actors.store.nouns.jobs import JobState
from actors.store.opening import open_store
from actors.store.store import Store
from tests.archives import open_archive
from tests.faults.lives import ENDED, KILLED, Death, written
from tests.faults.plugin import Trials
from tests.store.making import deliver

STEPS = 2
COUNT = DOCUMENTS_AT_ONCE * STEPS - 40
NOW = datetime.now(UTC)
EDIT = BulkOrder(BulkAction.EDIT, DocumentChanges(correspondent="Bank", add_tags=("kept",), remove_tags=("new",)))
RULES = BulkOrder(BulkAction.APPLY_RULES)
# The steps of a job and their rests take about so long.
MOST_SECONDS = 0.2


# The tags and the correspondent of each document.
Borne = Mapping[DocumentId, tuple[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class Told:
    """All that a person sees of an archive after a job: what documents bear, who gave it, what the job says, and what search finds."""

    borne: Borne
    given: Mapping[DocumentId, list[tuple[str, str, str, str, bool]]]
    counted: tuple[int, int, int]
    found: tuple[int, int]


class Lives:
    """A process that begins lives of the pipeline."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def live(self, root: Path, death: Death = Death()) -> str:  # noqa: B008  # it is frozen
        """Live once, and tell how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{written(root, death)}\n")
        return self._process.stdout.readline().strip()


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    command, pipe = [sys.executable, "-m", "tests.faults.lives"], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, bufsize=1) as process:
        yield Lives(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="module")
def filled(lives: Lives, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of documents that have been read: every second one tells of tax, and every third is filed by a person."""
    root = tmp_path_factory.mktemp("filled") / "data"
    with closing(open_archive(DataDir(root))) as store:
        for number in range(COUNT):
            deliver(store, f"letter {number}", tags=("new",) if number % 5 else ("new", "kept"), now=NOW)
        for job in store.jobs.lease("reader", COUNT, NOW):
            assert job.document_id is not None
            text = f"letter {job.document_id} from the office" + " about tax" * (job.document_id % 2)
            store.pages.begin(job.document_id, job.id, job.fence, [(1, text, False)])
            store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, NOW)
            store.jobs.succeed(job.id, job.fence, NOW)
        for each in range(3, COUNT, 3):
            store.documents.update(DocumentId(each), DocumentChanges(correspondent="Aunt"), None, NOW)
        store.catalog.labels.create(LabelKind.TAG, LabelFacts("tax", MatchRule(Matching.ANY, "tax")))
        store.catalog.labels.create(LabelKind.CORRESPONDENT, LabelFacts("Office", MatchRule(Matching.ANY, "office")))
    assert lives.live(root) == ENDED
    return root


def opened(root: Path) -> Store:
    return open_store(DataDir(root).database_url, DataDir(root))


def started(root: Path, order: BulkOrder) -> JobId:
    with closing(opened(root)) as store:
        return store.bulk_edits.start(order, store.documents.ids(None, COUNT), "many", NOW)


def undoing(root: Path, job_id: JobId) -> JobId:
    with closing(opened(root)) as store:
        return store.bulk_edits.undo(job_id, NOW)[0]


def borne(store: Store) -> Borne:
    documents = store.documents.get_many(store.documents.ids(None, COUNT))
    return {each.id: (each.tags, each.correspondent.name if each.correspondent else "") for each in documents}


def told(root: Path, job_id: JobId) -> Told:
    """Look at everything, once the job has ended by itself and nothing is left to do."""
    with closing(opened(root)) as store:
        job, edit, ids = store.jobs.get(job_id), store.bulk_edits.get(job_id, 0), store.documents.ids(None, COUNT + 1)
        assert (job.state, job.pages_done, job.pages_total) == (JobState.SUCCEEDED, edit.documents, edit.documents)
        assert (list(store.outbox.pending(1)), len(ids)) == ([], COUNT)
        searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog)
        with closing(searcher):
            kept, tax = (searcher.search(SearchRequest(query, NOW, highlight=False)).total for query in ("tag:kept", "tag:tax"))
        return Told(
            borne(store),
            {each: [(one.aspect, one.subject, one.value, one.before, one.undone) for one in store.assignments.list(each)] for each in ids},
            (edit.documents, edit.changed, edit.failed),
            (kept, tax),
        )


@dataclass(frozen=True, slots=True)
class Course:
    """What an archive tells after a job, and after that was undone."""

    done: Told
    undone: Told


def course_of(root: Path, order: BulkOrder, work: Callable[[Path], None]) -> Course:
    """Have a job done and undone, by whoever works."""
    job_id = started(root, order)
    work(root)
    done = told(root, job_id)
    undo_id = undoing(root, job_id)
    work(root)
    return Course(done, told(root, undo_id))


def deaths_at_steps() -> Iterator[Death]:
    """Name the places before and after each step in turn, another one first in each round: so each job comes to die at each."""
    places = [Death(Failpoint(moment, Point.COMMITTED), visit) for visit, moment in product(range(1, STEPS + 1), Moment)]
    return (places[(number + number // len(places)) % len(places)] for number in count())


def copied(filled: Path, target: Path) -> Path:
    return Path(shutil.copytree(filled, target))


@pytest.fixture(scope="module")
def undisturbed(filled: Path, lives: Lives, tmp_path_factory: pytest.TempPathFactory) -> Mapping[BulkAction, Course]:
    """What comes of each job where nobody is killed."""

    def work(root: Path) -> None:
        assert lives.live(root) == ENDED

    folder = tmp_path_factory.mktemp("undisturbed")
    return {order.action: course_of(copied(filled, folder / order.action), order, work) for order in (EDIT, RULES)}


@pytest.mark.timeout(1_200)
def test_what_nobody_disturbs_changes_documents_and_is_undone(filled: Path, undisturbed: Mapping[BulkAction, Course]) -> None:
    with closing(opened(filled)) as store:
        before = borne(store)
    edited, ruled = undisturbed[EDIT.action], undisturbed[RULES.action]
    assert (edited.undone.borne, ruled.undone.borne) == (before, before)
    assert (set(edited.done.borne.values()), edited.done.found[0]) == ({(("kept",), "Bank")}, COUNT)
    assert (ruled.done.borne[DocumentId(3)], ruled.done.found[1]) == ((("new", "tax"), "Aunt"), COUNT // 2)


@pytest.mark.timeout(1_200)
@pytest.mark.fault("F1", each=4, nightly=40)
def test_a_kill_at_any_step_of_a_job_on_many_documents_leaves_what_it_would_have_left(
    filled: Path, lives: Lives, undisturbed: Mapping[BulkAction, Course], tmp_path: Path, trials: Trials
) -> None:
    deaths = deaths_at_steps()

    def work(root: Path) -> None:
        assert (lives.live(root, next(deaths)), lives.live(root)) == (KILLED, ENDED)
        trials.tried()

    for order in cycle([EDIT, RULES]):
        if trials.made >= trials.count:
            break
        root = copied(filled, tmp_path / "data")
        assert course_of(root, order, work) == undisturbed[order.action]
        shutil.rmtree(root)


@pytest.mark.timeout(1_200)
@pytest.mark.fault("F2", each=2, nightly=20)
def test_a_kill_at_any_moment_of_a_job_on_many_documents_leaves_what_it_would_have_left(
    filled: Path, lives: Lives, undisturbed: Mapping[BulkAction, Course], tmp_path: Path, trials: Trials
) -> None:
    chance = random.Random(trials.seed)

    def work(root: Path) -> None:
        if lives.live(root, Death(seconds=chance.uniform(0.001, MOST_SECONDS))) == KILLED:
            assert lives.live(root) == ENDED
            trials.tried()

    for order in cycle([EDIT, RULES]):
        if trials.made >= trials.count:
            break
        root = copied(filled, tmp_path / "data")
        assert course_of(root, order, work) == undisturbed[order.action]
        shutil.rmtree(root)
