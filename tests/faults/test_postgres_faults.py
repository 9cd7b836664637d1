"""F7: PostgreSQL is killed in the middle of an ingest, or a connection to it is cut at some query, heard or unheard."""

import random

import pytest

from tests.faults.archive import SECONDS, Archive
from tests.faults.plugin import Trials
from tests.faults.proxy import Cut, Proxy
from tests.postgres import Postgres
from tests.running import wait_until

DOCUMENTS = 3
# More queries than the first documents of a batch need, and fewer than all of it.
MOST_QUERIES = 75


@pytest.mark.timeout(20_000)
@pytest.mark.fault("F7", each=1, nightly=50)
def test_a_database_killed_in_the_middle_of_an_ingest_loses_nothing(archive_on_postgres: Archive, server: Postgres, trials: Trials) -> None:
    for _ in range(trials.count):
        kill_in_the_middle(archive_on_postgres, server)
        assert archive_on_postgres.broken() == []
        trials.tried()


@pytest.mark.timeout(20_000)
@pytest.mark.fault("F7", each=2, nightly=150)
def test_a_connection_cut_at_any_query_loses_and_doubles_nothing(archive_on_postgres: Archive, proxy: Proxy, trials: Trials) -> None:
    chance = random.Random(trials.seed)
    for number in range(trials.count):
        cut_at(archive_on_postgres, proxy, chance.randrange(MOST_QUERIES), list(Cut)[number % len(Cut)])
        trials.tried()
    assert archive_on_postgres.broken() == []


def kill_in_the_middle(archive: Archive, server: Postgres) -> None:
    """Kill the server when the first document of several is in, and start it again."""
    before = len(archive.documents())
    fresh = archive.papers(DOCUMENTS)
    archive.drop(fresh)
    wait_until(lambda: len(archive.documents()) > before, SECONDS, archive.daemon.story)
    server.stop("immediate")
    server.start()
    assert archive.lost() == []
    archive.wait_until_ready(fresh)


def cut_at(archive: Archive, proxy: Proxy, query: int, cut: Cut) -> None:
    """Cut the connection of the query that comes after so many others, in the middle of an ingest."""
    before = proxy.cuts
    fresh = archive.papers(DOCUMENTS)
    proxy.cut_after(query, cut)
    archive.drop(fresh)
    wait_until(lambda: proxy.cuts > before, SECONDS, archive.daemon.story)
    assert archive.lost() == []
    archive.wait_until_ready(fresh)
