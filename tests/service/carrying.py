"""Whoever carries out bulk edits, in the place of the pipeline."""

from actors.store.nouns.jobs import JobKind
from actors.understanding.going_over import proposed
from actors.understanding.settings import UnderstandingSettings
from actors.understanding.understanding import Understanding
from daemon.cast.understanding import StoredCatalogue
from daemon.service.cataloguing.reruns import PAGE
from tests.service.house import NOW, House


def carry_out(house: House) -> None:
    """Take bulk edits to their end as the pipeline does."""
    store, propose = house.store, Understanding(UnderstandingSettings(), StoredCatalogue(house.store), house.suggester, NOW.date).labels
    for job in [one for one in store.jobs.lease("test", 100, NOW) if one.kind is JobKind.BULK_EDIT]:
        ids, position = store.bulk_edits.documents(job.id), 0
        while position < len(ids):
            some = ids[position : position + PAGE]
            wanted = proposed(store, propose, some, store.bulk_edits.order(job.id).kinds)
            position = store.bulk_edits.step(job.id, job.fence, position, some, len(ids), NOW, wanted)
        store.jobs.succeed(job.id, job.fence, NOW)
