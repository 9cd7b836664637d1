"""The intake as an actor: many orders at once, the pipeline woken, its state."""

import asyncio
import threading

import pytest

from actors.failpoints import Failpoint, Point, after
from actors.intake.messages import FileAccepted, RefusedReason, UploadAccepted
from actors.intake.settings import IntakeSettings
from actors.store.store import Store
from tests.intake.archive import CountingPipeline, fixed_now
from tests.intake.dropping import documents_in, dropped, intake_on, order_for, original_of, spool_files
from tests.intake.test_upload_door import DATA, uploaded


async def test_the_same_bytes_a_hundred_times_at_once_are_one_document_and_99_notes(store: Store) -> None:
    intake = intake_on(store)
    orders = [order_for(dropped(store, f"{number}.txt", DATA)) for number in range(50)]
    uploads = [uploaded(store, f"request-{number}") for number in range(50)]
    answers = await asyncio.gather(*map(intake.accept_file, orders), *map(intake.accept_upload, uploads))
    [document] = documents_in(store)
    assert (document.duplicate_count, original_of(store, document)) == (99, DATA)
    assert [answer.duplicate for answer in answers if isinstance(answer, FileAccepted | UploadAccepted)].count(False) == 1
    assert list(store.data.consume.iterdir()) == []
    assert spool_files(store) == []
    assert len([path for path in store.data.originals.rglob("*") if path.is_file() and path.name != ".lock"]) == 1


async def test_one_order_many_times_at_once_is_one_document(store: Store) -> None:
    intake = intake_on(store)
    order = order_for(dropped(store))
    await asyncio.gather(*(intake.accept_file(order) for _ in range(20)))
    assert [document.duplicate_count for document in documents_in(store)] == [0]


async def test_no_more_files_are_in_hand_than_the_settings_say(store: Store) -> None:
    lock, in_hand, most = threading.Lock(), 0, 0

    def count(reached: Failpoint) -> None:
        nonlocal in_hand, most
        with lock:
            in_hand += (reached == after(Point.SEEN)) - (reached == after(Point.SOURCE_REMOVED))
            most = max(most, in_hand)

    intake = intake_on(store, settings=IntakeSettings(min_free_bytes=0, parallel_accepts=3), checkpoint=count)
    orders = [order_for(dropped(store, f"{number}.txt", str(number).encode())) for number in range(12)]
    await asyncio.gather(*map(intake.accept_file, orders))
    assert (most <= 3, in_hand, len(documents_in(store))) == (True, 0, 12)


async def test_the_pipeline_is_woken_for_a_new_document_and_not_for_a_duplicate(store: Store) -> None:
    pipeline = CountingPipeline()
    intake = intake_on(store, pipeline=pipeline)
    for name in ("a.txt", "b.txt"):
        await intake.accept_file(order_for(dropped(store, name)))
    await asyncio.sleep(0)
    assert pipeline.wakes == 1


async def test_a_file_is_accepted_when_the_pipeline_cannot_be_woken(store: Store) -> None:
    class DeadPipeline(CountingPipeline):
        async def wake(self) -> None:
            raise ConnectionError("the pipeline died")

    answer = await intake_on(store, pipeline=DeadPipeline()).accept_file(order_for(dropped(store)))
    await asyncio.sleep(0)
    assert isinstance(answer, FileAccepted)


async def test_the_state_counts_and_lists_what_waits_for_a_person(store: Store) -> None:
    intake = intake_on(store, settings=IntakeSettings(min_free_bytes=0, max_file_bytes=20))
    await intake.accept_file(order_for(dropped(store, "a.txt")))
    await intake.accept_file(order_for(dropped(store, "b.txt")))
    big = dropped(store, "big\n.txt", b"x" * 21)
    await intake.accept_file(order_for(big))
    state = intake.state()
    assert (state.accepted, state.duplicates, state.accepted_bytes, state.in_hand, state.stopped) == (1, 1, 24, 0, "")
    assert [(file.name, file.reason, file.time) for file in state.refused] == [("big .txt", RefusedReason.TOO_LARGE, fixed_now())]
    big.write_bytes(b"small")
    await intake.accept_file(order_for(big))
    assert intake.state().refused == ()


@pytest.mark.parametrize("count", [99, 100, 101])
async def test_the_list_of_refused_files_is_bounded(store: Store, count: int) -> None:
    intake = intake_on(store, settings=IntakeSettings(min_free_bytes=0, max_file_bytes=1))
    for number in range(count):
        await intake.accept_file(order_for(dropped(store, f"{number}.txt")))
    refused = intake.state().refused
    assert (len(refused), refused[-1].name) == (min(count, 100), f"{count - 1}.txt")
