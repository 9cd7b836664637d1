"""Who reaches a document follows from its owner, its own grants and those that it inherits, and from nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from actors.store.access.reach import holders, may, reach, shared, sorted_grants
from actors.store.nouns.access import EVERYONE, Access, Grant, Holder, HolderKind, Level, Subject, SubjectKind, Viewer
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import GroupId, UserId

ANNA, BERT, CLEO = (UserId(number) for number in (1, 2, 3))
FAMILY = GroupId(1)
USERS = st.sampled_from([ANNA, BERT, CLEO])
SUBJECTS = st.one_of(
    USERS.map(lambda user: Subject(SubjectKind.USER, user)),
    st.sampled_from([1, 2]).map(lambda group: Subject(SubjectKind.GROUP, group)),
    st.just(EVERYONE),
)
GRANTS = st.lists(st.builds(Grant, SUBJECTS, st.sampled_from(Level)), max_size=3).map(sorted_grants)
HOLDERS = st.builds(Holder, st.sampled_from(HolderKind), st.sampled_from([1, 2, 3]))
ACCESSES = st.builds(
    Access, st.one_of(st.none(), USERS), GRANTS, st.booleans(), st.sets(st.sampled_from([1, 2, 3])).map(lambda found: tuple(sorted(found)))
)
GRANTED = st.dictionaries(HOLDERS, GRANTS.filter(bool), max_size=4)
VIEWERS = st.builds(Viewer, USERS, st.sets(st.sampled_from([1, 2])).map(tuple), st.booleans(), st.booleans())
TAX = Holder(HolderKind.LABEL, 1)


def user(user_id: UserId) -> Subject:
    return Subject(SubjectKind.USER, user_id)


def test_what_belongs_to_nobody_and_is_granted_to_nobody_is_everyones() -> None:
    assert reach(Access(), {}) == {EVERYONE: Level.EDIT}
    assert reach(Access(labels=(LabelId(1),)), {TAX: (Grant(user(ANNA)),)}) == {user(ANNA): Level.VIEW}
    assert reach(Access(private=True), {}) == {}


def test_a_private_document_inherits_nothing() -> None:
    granted = {TAX: (Grant(user(BERT), Level.EDIT),), Holder(HolderKind.OWNER, ANNA): (Grant(user(CLEO)),)}
    inheriting = Access(ANNA, (Grant(user(CLEO), Level.EDIT),), labels=(LabelId(1),))
    assert reach(inheriting, granted) == {user(ANNA): Level.EDIT, user(BERT): Level.EDIT, user(CLEO): Level.EDIT}
    assert reach(Access(ANNA, private=True, labels=(LabelId(1),)), granted) == {user(ANNA): Level.EDIT}


def test_an_uploader_is_not_one_of_everyone() -> None:
    everyones = reach(Access(), {})
    assert may(Viewer(ANNA), everyones)
    assert not may(Viewer(ANNA, everyone=False), everyones)
    assert may(Viewer(ANNA, everyone=False), reach(Access(ANNA), {}), Level.EDIT)


@given(ACCESSES, GRANTED)
def test_an_owner_may_always_edit(access: Access, granted: dict[Holder, tuple[Grant, ...]]) -> None:
    if access.owner is not None:
        assert may(Viewer(access.owner, everyone=False), reach(access, granted), Level.EDIT)


@given(ACCESSES, GRANTED, VIEWERS)
def test_who_is_named_nowhere_sees_only_what_is_everyones(access: Access, granted: dict[Holder, tuple[Grant, ...]], viewer: Viewer) -> None:
    named = {grant.subject for one in (access.grants, *(granted.get(holder, ()) for holder in holders(access))) for grant in one}
    mine = {user(viewer.user), *(Subject(SubjectKind.GROUP, group) for group in viewer.groups)}
    if viewer.everything or access.owner == viewer.user or mine & named or (viewer.everyone and EVERYONE in named):
        return
    nobodys = access.owner is None and not named and not access.private
    assert may(viewer, reach(access, granted)) is (nobodys and viewer.everyone)


@given(ACCESSES, GRANTED, VIEWERS)
def test_who_may_edit_may_view_and_an_administrator_may_do_both(
    access: Access, granted: dict[Holder, tuple[Grant, ...]], viewer: Viewer
) -> None:
    reached = reach(access, granted)
    assert may(viewer, reached) or not may(viewer, reached, Level.EDIT)
    assert may(Viewer(viewer.user, everything=True), reached, Level.EDIT)


@given(st.lists(ACCESSES, min_size=1, max_size=3), GRANTED, USERS, st.sets(st.sampled_from([1, 2])).map(tuple), st.sampled_from(Level))
def test_what_is_made_of_several_is_seen_by_nobody_who_may_not_see_each(
    accesses: list[Access], granted: dict[Holder, tuple[Grant, ...]], user_id: UserId, groups: tuple[GroupId, ...], level: Level
) -> None:
    reached = [reach(access, granted) for access in accesses]
    viewer = Viewer(user_id, groups)
    if may(viewer, reach(shared(accesses, reached), granted), level):
        assert all(may(viewer, one, level) for one in reached)


def test_the_one_owner_of_what_several_are_made_into_may_edit_all_of_them() -> None:
    everyones, annas, hers = Access(), Access(ANNA), Access(ANNA, (Grant(user(BERT)),))
    berts = Access(None, (Grant(user(BERT)),))

    def made_of(*accesses: Access) -> Access:
        return shared(accesses, [reach(access, {}) for access in accesses])

    edit = (Grant(user(ANNA), Level.EDIT),)
    assert made_of(everyones, annas) == Access(ANNA, edit, private=True)
    assert made_of(annas, hers) == Access(ANNA, edit, private=True)
    assert made_of(everyones, hers) == Access(ANNA, (*edit, Grant(user(BERT))), private=True)
    assert made_of(annas, berts) == Access(private=True)
    assert made_of(annas, Access(BERT, (Grant(user(ANNA), Level.EDIT),))) == Access(None, edit, private=True)
