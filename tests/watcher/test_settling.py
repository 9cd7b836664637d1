"""The table of files that settle: pure, so time is a number here."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from actors.watcher.settling import Facts, Settled, SettlingTable, Stand, retry_delay

PATH = Path("/in/a.pdf")
FACTS = Facts(size=5, mtime_ns=1, inode=1)
CHANGED = Facts(size=6, mtime_ns=2, inode=1)


def taken(table: SettlingTable, now: float, limit: int = 10) -> list[Path]:
    return [settled.path for settled in table.take(now, limit)]


def test_a_file_rests_from_the_first_look_that_shows_it_as_it_is() -> None:
    table = SettlingTable(2.0)
    table.seen(PATH, FACTS, 10.0)
    table.seen(PATH, FACTS, 11.5)
    assert (table.next_due(), taken(table, 11.9)) == (12.0, [])
    assert table.take(12.0, 10) == [Settled(PATH, FACTS)]
    assert (table.count(Stand.IN_FLIGHT), table.next_due()) == (1, None)


def test_a_change_begins_the_rest_anew() -> None:
    table = SettlingTable(2.0)
    table.seen(PATH, FACTS, 10.0)
    table.seen(PATH, CHANGED, 11.9)
    assert taken(table, 13.8) == []
    assert table.take(13.9, 10) == [Settled(PATH, CHANGED)]


def test_a_file_that_changes_while_it_waits_for_its_turn_must_rest_again() -> None:
    table = SettlingTable(2.0)
    table.seen(PATH, FACTS, 10.0)
    assert taken(table, 12.0, limit=0) == []
    assert table.next_due() == 0.0
    table.seen(PATH, CHANGED, 12.5)
    assert taken(table, 13.0) == []
    assert taken(table, 14.5) == [PATH]


def test_a_file_in_flight_is_handed_out_once() -> None:
    table = SettlingTable(2.0)
    table.seen(PATH, FACTS, 10.0)
    assert taken(table, 12.0) == [PATH]
    table.seen(PATH, CHANGED, 12.1)
    table.gone(PATH)
    assert (taken(table, 99.0), len(table)) == ([], 1)


def test_refusals_are_repeated_after_30_s_doubled_up_to_15_min() -> None:
    assert [retry_delay(number) for number in (1, 2, 3, 5, 6, 100)] == [30.0, 60.0, 120.0, 480.0, 900.0, 900.0]


def test_a_changed_file_forgets_its_refusals() -> None:
    table = SettlingTable(2.0)
    table.seen(PATH, FACTS, 0.0)
    table.take(2.0, 1)
    table.refused(PATH, 2.0)
    assert (table.count(Stand.REFUSED), table.next_due()) == (1, 32.0)
    table.seen(PATH, CHANGED, 3.0)
    assert (table.count(Stand.REFUSED), table.next_due()) == (0, 5.0)


looks = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.integers(1, 30)), max_size=40)


@given(looks)
def test_whatever_is_seen_only_files_that_rested_are_handed_out(history: list[tuple[str, int, int]]) -> None:
    table = SettlingTable(20.0)
    now = 0
    since: dict[Path, tuple[Facts, int]] = {}
    for name, size, pause in history:
        path, facts = Path(name), Facts(size, size, 1)
        if path not in since or since[path][0] != facts:
            since[path] = (facts, now)
        table.seen(path, facts, now)
        now += pause
        for settled in table.take(now, 2):
            known, from_time = since.pop(settled.path)
            assert settled.facts == known
            assert now - from_time >= (20 if known.size else 100)
            table.done(settled.path)
    while since:
        now += 100
        for settled in table.take(now, 1):
            del since[settled.path]
            table.done(settled.path)
        assert table.next_due() is not None or not since
    assert len(table) == 0
