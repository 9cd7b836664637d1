"""Who read what by links, told to the audit."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.audit import Act, AuditNoun, Author, AuthorKind, Deed
from actors.store.nouns.sharing import OpenLink
from actors.store.store import Store

# Who looks at a page again within a minute is told of once: a page that is loaded without end must not fill the database.
LOOK_SECONDS = 60.0
MOST_REMEMBERED = 10_000


class Reads:
    """Notes reads by the link, its maker, and the address of who reads. `clock` counts seconds and never jumps."""

    def __init__(self, whole: Store, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        self._whole, self._now, self._clock = whole, now, clock
        self._looks = OrderedDict[tuple[int, str], float]()

    def looked(self, link: OpenLink, address: str) -> None:
        """Note that somebody sees what stands behind a link."""
        key, now = (link.id, address), self._clock()
        if now - self._looks.get(key, -LOOK_SECONDS) < LOOK_SECONDS:
            return
        self._acting(link, address).audit.note(Deed(Act.READ, AuditNoun.SHARE_LINK, link.id, link.called))
        self._looks[key] = now
        self._looks.move_to_end(key)
        while len(self._looks) > MOST_REMEMBERED:
            self._looks.popitem(last=False)

    def refused(self, link: OpenLink, address: str) -> None:
        """Note a wrong password."""
        self._acting(link, address).audit.note(Deed(Act.REFUSED, AuditNoun.SHARE_LINK, link.id, link.called))

    def take(self, link: OpenLink, address: str, documents: Sequence[DocumentId]) -> bool:
        """Count a download, and note it with its documents; False when the link gives nothing any more."""
        return self._acting(link, address).share_links.take(link.id, self._now(), documents)

    def _acting(self, link: OpenLink, address: str) -> Store:
        author = Author(AuthorKind.SHARE_LINK, link.maker_name, link.maker, token_name=link.called, address=address)
        return self._whole.acting(author, self._now)
