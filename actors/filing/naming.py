"""Which names files get. Pure: what is wished and what is there go in, a plan comes out."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.folders import Place


@dataclass(frozen=True, slots=True)
class Wish:
    """A file that is to have a name by its document's place, below a folder of `named/`."""

    document_id: DocumentId
    below: str
    place: Place
    source: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in this order: `clear` stands in the way of `give`, `drop` is no longer wished. Paths begin at `named/`."""

    clear: tuple[str, ...]
    give: Mapping[str, Wish]
    drop: tuple[str, ...]


def planned(
    wishes: Iterable[Wish], noted: Mapping[str, DocumentId], foreign: Collection[str], is_given: Callable[[str, Wish], bool]
) -> Plan:
    """Plan names; `foreign` are those of other people's files, `is_given` tells whether a name leads to the file."""
    named = names_of(wishes, foreign)
    give = {path: wish for path, wish in named.items() if noted.get(path) != wish.document_id or not is_given(path, wish)}
    return Plan(
        clear=tuple(path for path in give if path in noted),
        give=give,
        drop=tuple(sorted(path for path in noted if path not in named)),
    )


def names_of(wishes: Iterable[Wish], foreign: Collection[str]) -> dict[str, Wish]:
    """Name files, older documents first; equal names get `_01` and so on. Capitals tell none apart: some file systems don't, either."""
    wishes = sorted(wishes, key=lambda wish: wish.document_id)
    taken = {path.casefold() for path in foreign}
    for wish in wishes:  # no file is called like a folder
        parts = f"{wish.below}/{wish.place.folder}".casefold().split("/")
        taken.update("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    named, last = dict[str, Wish](), dict[str, int]()
    for wish in wishes:
        folder = f"{wish.below}/{wish.place.folder}" if wish.place.folder else wish.below
        stem, suffix = f"{folder}/{wish.place.name}", wish.source.suffix
        key = (stem + suffix).casefold()
        number, path = last.get(key, 0), stem + suffix
        while path.casefold() in taken:
            number += 1
            path = f"{stem}_{number:02}{suffix}"
        last[key] = number
        taken.add(path.casefold())
        named[path] = wish
    return named
