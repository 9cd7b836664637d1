"""Finds what happened that somebody wants to be told; what he may not see has not happened for him."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from actors.index.errors import IndexUnavailable, QueryError
from actors.index.messages import SearchAnswer, SearchRequest
from actors.store.errors import ViewNotFound
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.access import Viewer, viewer_of
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.catalog import ViewId
from actors.store.nouns.identity import UserId
from actors.store.nouns.notifications import Event, Happening, Notification
from actors.store.store import Store

# What belongs together goes into one message: a batch of scans is read in that time, and nobody's phone rings for each.
GATHERING = timedelta(seconds=30)
# Between two messages of one notification.
REST = timedelta(minutes=5)
JOBS_AT_ONCE = 500
DATES_AT_ONCE = 200
# A query has 128 words at most, and a view has some already.
ASKED_AT_ONCE = 20

log = structlog.get_logger(__name__)


class Searching(Protocol):
    """The readers of the index."""

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Find documents; raises QueryError, IndexUnavailable."""


class Noticer:
    """Looks now and then. What it has found is in the database before the next look; after a crash it looks from there."""

    def __init__(self, store: Store, searcher: Searching, now: Callable[[], datetime]) -> None:
        self._store = store
        self._searcher = searcher
        self._now = now

    def look(self) -> int:
        """Look for all, and count what is new. Raises StoreUnavailable; what the index can't be asked about is looked at again."""
        return sum(self._look_for(one) for one in self._store.notifications.list() if one.facts.enabled)

    def _look_for(self, one: Notification) -> int:
        viewer = self._viewer(one.owner)
        if viewer is None:
            return 0
        ended = self._store.notices.ended_after(one.seen_change, JOBS_AT_ONCE)
        try:
            happened = [*self._of_jobs(one, viewer, {document for _, document in ended}), *self._of_dates(one, viewer)]
        except IndexUnavailable:
            return 0
        new = self._store.notices.new_of(one.id, happened) if happened else ()
        if not ended and not new:
            return 0
        now = self._now()
        due = max(now + GATHERING, one.told_time + REST) if one.told_time else now + GATHERING
        found = self._store.notices.keep(one.id, new, due, ended[-1][0] if ended else one.seen_change)
        if found:
            log.info("happenings to be told", notification_id=one.id, count=found)
        return found

    def _of_jobs(self, one: Notification, viewer: Viewer, documents: Collection[DocumentId]) -> Iterator[Happening]:
        if not documents:
            return
        seen = self._store.seen_by(viewer)
        ready = list[DocumentId]()
        for document, state, warned in seen.notices.states_of(documents):
            if state is DocumentState.FAILED and Event.FAILED in one.facts.events:
                yield Happening(document, Event.FAILED)
            if state is DocumentState.READY:
                ready.append(document)
                if warned and Event.ATTENTION in one.facts.events:
                    yield Happening(document, Event.ATTENTION)
        if ready and Event.VIEW in one.facts.events:
            for view in one.facts.views:
                yield from self._of_view(seen, viewer, view, ready)

    def _of_view(self, seen: Store, viewer: Viewer, view_id: ViewId, documents: Sequence[DocumentId]) -> Iterator[Happening]:
        try:
            view = seen.catalog.views.get(view_id)
        except ViewNotFound:  # removed, or shared with him no longer
            return
        sight = self._store.permissions.sight(viewer)
        for begin in range(0, len(documents), ASKED_AT_ONCE):
            among = " OR ".join(f"id:{document}" for document in documents[begin : begin + ASKED_AT_ONCE])
            query = f"({view.facts.query}) AND ({among})" if view.facts.query.strip() else among
            try:
                answer = self._searcher.search(SearchRequest(query, self._now(), ASKED_AT_ONCE, highlight=False, sight=sight))
            except QueryError as error:
                log.warning("saved view not asked", view_id=view_id, error=str(error))
                return
            yield from (Happening(hit.document_id, Event.VIEW, str(view_id), view.facts.name) for hit in answer.hits)

    def _of_dates(self, one: Notification, viewer: Viewer) -> Sequence[Happening]:
        if Event.DUE not in one.facts.events:
            return ()
        today = self._now().date()
        return self._store.seen_by(viewer).notices.due_within(today, today + timedelta(days=one.facts.due_days), DATES_AT_ONCE)

    def _viewer(self, owner: UserId | None) -> Viewer | None:
        """Tell who is to be told; None for who may not come in at present."""
        if owner is None:
            return Viewer(UserId(0), everything=True)
        try:
            user = self._store.users.get(owner)
        except UserNotFound:
            return None
        return viewer_of(user) if user.facts.enabled else None
