"""What one transaction did, told once. Pure: deeds go in as they were noted, and come out as they are kept."""

from collections.abc import Iterable
from dataclasses import replace

from actors.store.nouns.audit import UNTOLD, Act, AuditNoun, Change, Deed

_Key = tuple[AuditNoun, int | None, Act]


def merged(deeds: Iterable[Deed]) -> list[Deed]:
    """Join the deeds of one kind on one thing; what is changed, or queued, with its making belongs to that.

    A change back and forth is none, and a deed of changes alone that is left without any is none either.
    """
    found = dict[_Key, Deed]()
    for deed in deeds:
        made = found.get((deed.noun, deed.subject, Act.CREATED))
        if made is not None and deed.act is Act.ORDERED:
            continue
        act = Act.CREATED if made is not None and deed.act is Act.CHANGED else deed.act
        key = deed.noun, deed.subject, act
        known = found.get(key)
        joined = deed if known is None else replace(known, name=deed.name or known.name, changes=(*known.changes, *deed.changes))
        found[key] = joined
    told = [replace(deed, changes=_net(deed.changes)) for deed in found.values()]
    return [deed for deed in told if deed.act is not Act.CHANGED or deed.changes]


def _net(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    if len(changes) < 2:  # one is itself
        return tuple(change for change in changes if change.before != change.after or change.after == UNTOLD)
    net = dict[tuple[str, tuple[int, ...]], Change]()
    for change in changes:
        # Tags are each a change of their own; all else is changed from the first value to the last.
        key = change.field, change.labels if change.field == "tag" else ()
        first = net.get(key)
        if first is not None:
            change = replace(  # joined
                change,
                before=first.before,
                labels=tuple(dict.fromkeys((*first.labels, *change.labels))),
                documents=tuple(dict.fromkeys((*first.documents, *change.documents))),
            )
        net[key] = change
    return tuple(change for change in net.values() if change.before != change.after or change.after == UNTOLD)
