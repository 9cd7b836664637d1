"""What holds for any workflows and any document."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from actors.store.assignments.given import Bid, Place, Standing, decide
from actors.store.nouns.assignments import Aspect, Giver
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.sealed import Sealed
from actors.store.nouns.workflows import (
    Action,
    Assign,
    FillField,
    LabelFilter,
    Password,
    Remove,
    RemovePassword,
    Trash,
    Trigger,
    TriggerKind,
    Workflow,
)
from actors.workflow.known import Known
from tests.workflow.making import ADDED, BANK, BILL, HOUSE, LETTER, NUMBER, ROOF, SHOP, TAX, TODO, TREE, document, having, run, workflow

TAGS = st.lists(st.sampled_from([TAX, TODO, HOUSE, ROOF]), max_size=3, unique=True).map(tuple)
SENDERS = st.sampled_from([None, BANK, SHOP])
KINDS = st.sampled_from([None, BILL, LETTER])
TITLES = st.sampled_from(["", "{title}!", "?"])
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(Assign, TITLES, TAGS, SENDERS, KINDS),
    st.builds(Remove, TAGS, st.just((BANK,)), all_of=st.sampled_from([(), (LabelKind.TAG,), (LabelKind.DOCUMENT_TYPE,)])),
    st.builds(FillField, st.just(NUMBER), st.sampled_from(["[a-z]+", "(", "x"])),
    st.builds(RemovePassword, st.just((Password(1, Sealed("sesame")),))),
    st.just(Trash()),
)
FILTERS = st.builds(LabelFilter, TAGS, TAGS, TAGS)
TRIGGERS = st.builds(Trigger, st.sampled_from(list(TriggerKind)), tags=FILTERS)
DEFINED = st.tuples(st.lists(TRIGGERS, min_size=1, max_size=2).map(tuple), st.lists(ACTIONS, max_size=3))
GIVERS = st.sampled_from([Giver.USER, Giver.RULE, Giver.WORKFLOW, Giver.DELIVERY])


@st.composite
def workflows(draw: st.DrawFn) -> list[Workflow]:
    defined = draw(st.lists(DEFINED, max_size=4))
    return [workflow(number, *actions, triggers=triggers) for number, (triggers, actions) in enumerate(defined, 1)]


@st.composite
def documents(draw: st.DrawFn) -> Known:
    tags = draw(TAGS)
    closed = {*tags, *([HOUSE] if ROOF in tags else [])}
    standing = having(*closed, title="scan", correspondent=draw(SENDERS) or BANK)
    givers = {place: draw(GIVERS) for place in standing.values}
    return document(draw(st.sampled_from(["", "a text"])), Standing(standing.values, givers))


@settings(max_examples=150, deadline=None)
@given(documents(), workflows())
def test_what_persons_gave_is_never_proposed_otherwise(known: Known, defined: list[Workflow]) -> None:
    for proposal in run(known, *defined).deeds.proposals:
        subject = proposal.field or (proposal.value if proposal.aspect is Aspect.TAG else 0)
        place = Place(proposal.aspect, subject)  # type: ignore[arg-type]  # a tag's value is its id
        assert known.standing.givers.get(place) not in (Giver.USER, Giver.DELIVERY)


@settings(max_examples=150, deadline=None)
@given(documents(), workflows())
def test_what_is_proposed_is_what_the_store_then_decides(known: Known, defined: list[Workflow]) -> None:
    """The values that the last workflow saw are those that are written."""
    plan = run(known, *defined)
    bids = [
        Bid(Place(Aspect.TAG, one.value), None if one.remove else True, one.reason)  # type: ignore[arg-type]  # likewise
        if one.aspect is Aspect.TAG
        else Bid(Place(one.aspect, one.field or 0), one.value, one.reason)
        for one in plan.deeds.proposals
    ]
    written = dict(known.standing.values) | {change.place: change.value for change in decide(known.standing, bids, TREE)}
    expected = dict(known.standing.values) | {bid.place: bid.value for bid in bids}
    assert {place: value for place, value in written.items() if value is not None} == {
        place: value for place, value in expected.items() if value is not None
    }


@settings(max_examples=100, deadline=None)
@given(documents(), workflows())
def test_every_workflow_is_told_of_once_in_order(known: Known, defined: list[Workflow]) -> None:
    plan = run(known, *reversed(defined))
    assert [trace.workflow for trace in plan.traces] == [one.id for one in defined]
    assert plan.deeds.ran == tuple(trace.workflow for trace in plan.traces if trace.matched)
    assert all(bool(trace.passed_over) != bool(trace.triggers) for trace in plan.traces)


@settings(max_examples=100, deadline=None)
@given(documents(), workflows())
def test_workflows_that_are_switched_off_do_nothing(known: Known, defined: list[Workflow]) -> None:
    off = [replace(one, facts=replace(one.facts, enabled=False)) for one in defined]
    plan = run(known, *off, kind=None)
    assert (plan.deeds.proposals, plan.deeds.ran, plan.deeds.problems, plan.deeds.trashed_by) == ((), (), (), "")


@settings(max_examples=100, deadline=None)
@given(documents(), workflows())
def test_workflows_of_another_moment_do_nothing(known: Known, defined: list[Workflow]) -> None:
    others = [one for one in defined if all(trigger.kind is not ADDED for trigger in one.facts.triggers)]
    assert run(known, *others).deeds.proposals == ()
