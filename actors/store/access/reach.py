"""Who reaches a document. Pure: what its access follows from goes in, who may do what comes out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from actors.store.nouns.access import EVERYONE, Access, Grant, Holder, HolderKind, Level, Subject, SubjectKind, Viewer

Grants = Mapping[Holder, tuple[Grant, ...]]
Reach = Mapping[Subject, Level]


def reach(access: Access, granted: Grants) -> Reach:
    """Tell who may view and who may edit; administrators, who may do all, are not named.

    What belongs to nobody and is granted to nobody, in no way, is everyone's.
    """
    found = list(_grants(access, granted))
    if access.owner is not None:
        found.append(Grant(Subject(SubjectKind.USER, access.owner), Level.EDIT))
    elif not found and not access.private:
        found.append(Grant(EVERYONE, Level.EDIT))
    return strongest(found)


def holders(access: Access) -> tuple[Holder, ...]:
    """Name all that documents inherit grants from."""
    if access.private:
        return ()
    owner = () if access.owner is None else (Holder(HolderKind.OWNER, access.owner),)
    return (*owner, *(Holder(HolderKind.LABEL, label) for label in access.labels))


def may(viewer: Viewer, reached: Reach, level: Level = Level.VIEW) -> bool:
    """Tell whether somebody may do something."""
    levels = {reached[subject] for subject in subjects(viewer) if subject in reached}
    return viewer.everything or Level.EDIT in levels or level in levels


def subjects(viewer: Viewer) -> tuple[Subject, ...]:
    """Name all that is granted to somebody when it is granted to it."""
    groups = (Subject(SubjectKind.GROUP, group) for group in viewer.groups)
    return (Subject(SubjectKind.USER, viewer.user), *groups, *((EVERYONE,) if viewer.everyone else ()))


def strongest(grants: Iterable[Grant]) -> dict[Subject, Level]:
    """Keep of several grants to one subject the one that lets it do more."""
    found = dict[Subject, Level]()
    for grant in grants:
        if grant.level is Level.EDIT or grant.subject not in found:
            found[grant.subject] = grant.level
    return found


def shared(accesses: Sequence[Access], reached: Sequence[Reach]) -> Access:
    """Work out the access to what is made of several documents: for those alone who reach each of them, by what they may do with all.

    Their one owner owns it, who may edit all.
    """
    named = {subject for one in reached for subject in one}
    allowed = {subject: {one.get(subject) or one.get(EVERYONE) for one in reached} for subject in named}
    grants = {subject: Level.EDIT if levels == {Level.EDIT} else Level.VIEW for subject, levels in allowed.items() if None not in levels}
    owners = {access.owner for access in accesses if access.owner is not None}
    owner = owners.pop() if len(owners) == 1 else None
    owns = owner is not None and grants.get(Subject(SubjectKind.USER, owner)) is Level.EDIT
    return Access(owner if owns else None, sorted_grants(Grant(*one) for one in grants.items()), private=True)


def sorted_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Put grants in the one order in which they are kept, each subject once."""
    return tuple(sorted(Grant(subject, level) for subject, level in strongest(grants).items()))


def _grants(access: Access, granted: Grants) -> Iterator[Grant]:
    yield from access.grants
    for holder in holders(access):
        yield from granted.get(holder, ())
