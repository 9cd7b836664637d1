"""What workflows do to a document, in which order, and what they tell of it."""

from dataclasses import replace

import pytest

from actors.store.assignments.given import Place
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import LabelKind, Matching, MatchRule
from actors.store.nouns.sealed import Sealed
from actors.store.nouns.workflows import (
    Assign,
    CallWebhook,
    Errand,
    FillField,
    LabelFilter,
    Password,
    Problem,
    Remove,
    RemovePassword,
    SendEmail,
    Trash,
    Trigger,
    TriggerKind,
    WorkflowId,
)
from actors.workflow.engine import waits_for_text
from actors.workflow.known import LockState
from actors.workflow.plan import Check, Outcome, Step, TriggerTrace, WorkflowTrace
from tests.workflow.making import (
    ADDED,
    BANK,
    BILL,
    DUE,
    HOUSE,
    NUMBER,
    ROOF,
    SHOP,
    STATUS,
    TAX,
    TODO,
    TOTAL,
    document,
    filled,
    having,
    run,
    workflow,
)


def reason(number: int) -> Reason:
    return Reason(Giver.WORKFLOW, f"workflow {number}")


def words(trace: WorkflowTrace) -> list[tuple[Outcome, str]]:
    return [(step.outcome, step.words) for step in trace.steps]


def test_a_workflow_gives_all_that_it_assigns_with_its_name_as_the_reason() -> None:
    action = Assign("{title}, paid", (TAX,), BANK, BILL, None, ((STATUS, 2),))
    plan = run(document(standing=having(title="scan")), workflow(1, action))
    assert plan.deeds.proposals == (
        Proposal(Aspect.TITLE, "scan, paid", reason(1)),
        Proposal(Aspect.TAG, TAX, reason(1)),
        Proposal(Aspect.CORRESPONDENT, BANK, reason(1)),
        Proposal(Aspect.DOCUMENT_TYPE, BILL, reason(1)),
        Proposal(Aspect.FIELD, 2, reason(1), field=STATUS),
    )
    assert plan.deeds.ran == (WorkflowId(1),)
    assert words(plan.traces[0])[0] == (Outcome.DONE, "sets the title to 'scan, paid'")


def test_a_later_workflow_sees_and_replaces_what_an_earlier_one_gave() -> None:
    only_bank = Trigger(ADDED, correspondents=LabelFilter(any_of=(BANK,)))
    plan = run(document(), workflow(2, Assign(correspondent=SHOP), triggers=(only_bank,)), workflow(1, Assign(correspondent=BANK)))
    assert plan.deeds.proposals == (Proposal(Aspect.CORRESPONDENT, SHOP, reason(2)),)
    assert [trace.name for trace in plan.traces] == ["workflow 1", "workflow 2"]


def test_what_a_person_gave_or_took_away_stays() -> None:
    givers = {Place(Aspect.CORRESPONDENT): Giver.USER, Place(Aspect.TAG, TODO): Giver.USER}
    known = document(standing=having(correspondent=BANK, givers=givers))
    plan = run(known, workflow(1, Assign(tags=(TODO,), correspondent=SHOP)))
    assert plan.deeds.proposals == ()
    assert words(plan.traces[0]) == [
        (Outcome.HELD, "the tag 'to do' stays as it is: a person gave it, or took it away"),
        (Outcome.HELD, "the correspondent stays as it is: a person gave it, or took it away"),
    ]


def test_a_workflow_gives_way_to_barcodes_and_invoices() -> None:
    known = replace(document(standing=having(document_type=BILL)), held={Place(Aspect.DOCUMENT_TYPE): Giver.INVOICE})
    plan = run(known, workflow(1, Assign(document_type=SHOP)))
    assert plan.deeds.proposals == ()
    assert words(plan.traces[0]) == [(Outcome.HELD, "the document type stays as it is: the electronic invoice says so")]


def test_a_tag_comes_with_those_above_it_and_goes_with_those_below() -> None:
    given = run(document(), workflow(1, Assign(tags=(ROOF,)))).deeds.proposals
    assert {(one.value, one.remove) for one in given} == {(ROOF, False), (HOUSE, False)}
    taken = run(document(standing=having(ROOF, HOUSE)), workflow(1, Remove(tags=(HOUSE,)))).deeds.proposals
    assert {(one.value, one.remove) for one in taken} == {(ROOF, True), (HOUSE, True)}


def test_what_a_rule_gave_and_a_workflow_takes_away_is_proposed_as_taken() -> None:
    plan = run(document(standing=having(TAX, correspondent=BANK)), workflow(1, Remove(tags=(TAX,), correspondents=(BANK, SHOP))))
    assert plan.deeds.proposals == (
        Proposal(Aspect.TAG, TAX, reason(1), remove=True),
        Proposal(Aspect.CORRESPONDENT, None, reason(1)),
    )


def test_all_of_a_kind_can_be_taken_away() -> None:
    standing = having(TAX, TODO, document_type=BILL)
    plan = run(document(standing=standing), workflow(1, Remove(all_of=(LabelKind.TAG, LabelKind.DOCUMENT_TYPE, LabelKind.STORAGE_PATH))))
    assert {(one.aspect, one.value) for one in plan.deeds.proposals} == {
        (Aspect.TAG, TAX),
        (Aspect.TAG, TODO),
        (Aspect.DOCUMENT_TYPE, None),
    }
    assert words(plan.traces[0])[-1] == (Outcome.UNCHANGED, "has no storage path that is to go")
    emptied = run(document(standing=filled()), workflow(1, Remove(all_fields=True))).deeds.proposals
    assert {(one.field, one.value) for one in emptied} == {(field, None) for field in (NUMBER, TOTAL, DUE, STATUS, 5)}


def test_a_field_is_filled_from_the_text_by_the_first_group() -> None:
    action = FillField(NUMBER, pattern=r"Invoice\s+no\.\s*(\S+)")
    plan = run(document("Invoice  no. RE-17\nTotal 5"), workflow(1, action))
    assert plan.deeds.proposals == (Proposal(Aspect.FIELD, "RE-17", reason(1), field=NUMBER),)


def test_a_field_is_filled_from_a_template() -> None:
    plan = run(document(standing=having(title="17")), workflow(1, FillField(NUMBER, template="RE-{title}")))
    assert plan.deeds.proposals == (Proposal(Aspect.FIELD, "RE-17", reason(1), field=NUMBER),)


def test_what_the_text_does_not_say_is_no_failure() -> None:
    plan = run(document("no total"), workflow(1, FillField(TOTAL, pattern="total"), FillField(NUMBER, pattern="never")))
    assert plan.deeds.problems == ()
    assert words(plan.traces[0]) == [
        (Outcome.UNCHANGED, "the pattern for 'Total' finds 'total', which is no value of the field"),
        (Outcome.UNCHANGED, "the pattern for 'Number' finds nothing"),
    ]


def test_what_fails_is_told_and_stops_nothing_else() -> None:
    slow = FillField(NUMBER, pattern="(a|aa)+$")
    plan = run(document("a" * 60 + "b"), workflow(1, Assign(title="?", tags=(TAX,)), slow, FillField(NUMBER, pattern="(")))
    assert plan.deeds.proposals == (Proposal(Aspect.TAG, TAX, reason(1)),)
    assert [problem.words[:45] for problem in plan.deeds.problems] == [
        "the title's template can't be used: a questio",
        "the pattern for 'Number' took too long",
        "the pattern for 'Number' can't be used: missi",
    ]


def test_a_label_that_is_gone_is_a_failure_of_its_own() -> None:
    plan = run(document(), workflow(1, Assign(tags=(99,))))  # type: ignore[arg-type]  # an id that no label has
    assert plan.deeds.problems == (Problem(WorkflowId(1), "workflow 1", "there is no tag number 99 any more"),)


def test_to_the_trash_comes_last_and_ends_the_pass() -> None:
    plan = run(document(), workflow(1, Trash(), Assign(tags=(TAX,))), workflow(2, Assign(tags=(TODO,))))
    assert [step.words for step in plan.traces[0].steps] == ["gives the tag 'tax'", "moves the document to the trash, last of all"]
    assert plan.deeds.trashed_by == "workflow 1"
    assert plan.traces[1] == WorkflowTrace(WorkflowId(2), "workflow 2", "'workflow 1' moves the document to the trash")


def test_each_workflow_that_is_passed_over_says_why() -> None:
    other = (Trigger(TriggerKind.DOCUMENT_UPDATED),)
    plan = run(document(), workflow(1, enabled=False), workflow(2, Assign(tags=(TAX,)), triggers=other), workflow(3, triggers=()))
    assert [trace.passed_over for trace in plan.traces] == ["it is switched off", *["it has no trigger of this kind"] * 2]
    assert plan.deeds.ran == ()
    everything = run(document(), workflow(2, Assign(tags=(TAX,)), triggers=other), kind=None)
    assert everything.deeds.ran == (WorkflowId(2),)


def test_one_trigger_of_several_is_enough_and_all_are_told() -> None:
    triggers = (Trigger(ADDED, filename="*.txt"), Trigger(ADDED, filename="SCAN*"))
    (trace,) = run(document(), workflow(1, Assign(tags=(TAX,)), triggers=triggers)).traces
    assert trace.triggers == (
        TriggerTrace(ADDED, (Check("file name", False, "'scan.pdf', '*.txt' is asked for"),)),
        TriggerTrace(ADDED, (Check("file name", True, "'scan.pdf', 'SCAN*' is asked for"),)),
    )
    assert trace.steps == (Step(Outcome.DONE, "gives the tag 'tax'"),)


def test_a_filter_that_cannot_be_asked_is_a_failure_that_matches_nothing() -> None:
    broken = Trigger(ADDED, content=MatchRule(Matching.REGEX, "("))
    plan = run(document("any"), workflow(1, Assign(tags=(TAX,)), triggers=(broken,)))
    assert plan.deeds.ran == ()
    assert plan.deeds.problems[0].words.startswith("content: can't be used")


def test_what_is_sent_is_rendered_at_its_place_among_the_actions() -> None:
    before, after = SendEmail(("a@b.example",), "{title}", "was {title}"), CallWebhook("https://h.example/x?key=1", (("name", "{title}"),))
    plan = run(document(standing=having(title="old")), workflow(1, before, Assign("new"), after))
    assert plan.deeds.errands == (
        Errand(WorkflowId(1), "workflow 1", SendEmail(("a@b.example",), "old", "was old")),
        Errand(WorkflowId(1), "workflow 1", CallWebhook("https://h.example/x?key=1", (("name", "new"),))),
    )
    assert [told for _, told in words(plan.traces[0])] == [
        "sends an e-mail to a@b.example: 'old'",
        "sets the title to 'new'",
        "calls the webhook at h.example",
    ]


def test_what_cannot_be_rendered_is_not_sent() -> None:
    plan = run(document(), workflow(1, SendEmail(("a@b.example",), "?"), CallWebhook("https://h.example", body="?")))
    assert plan.deeds.errands == ()
    assert [problem.words for problem in plan.deeds.problems] == [
        "a template of the e-mail can't be used: a question is no title",
        "a template of the webhook can't be used: a question is no title",
    ]


@pytest.mark.parametrize(
    ("lock", "told", "tried"),
    [
        (LockState.LOCKED, (Outcome.DONE, "tries 2 passwords on the locked PDF"), True),
        (LockState.UNKNOWN, (Outcome.DONE, "tries 2 passwords if the file turns out to be a locked PDF"), True),
        (LockState.OPEN, (Outcome.UNCHANGED, "is not locked with a password"), False),
    ],
)
def test_passwords_are_tried_where_there_may_be_a_lock_and_never_told(lock: LockState, told: tuple[Outcome, str], tried: bool) -> None:
    action = RemovePassword((Password(1, Sealed("sesame")), Password(2, Sealed("tulip"))))
    plan = run(document(lock=lock), workflow(1, action))
    assert plan.deeds.errands == ((Errand(WorkflowId(1), "workflow 1", action),) if tried else ())
    assert words(plan.traces[0]) == [told]
    assert "sesame" not in repr(plan)


def test_a_workflow_waits_for_the_text_where_all_its_triggers_of_a_kind_ask_what_it_says() -> None:
    by_text, any_file = Trigger(ADDED, content=MatchRule(Matching.EXACT, "bill")), Trigger(ADDED, filename="*")
    other = Trigger(TriggerKind.DOCUMENT_UPDATED)
    cases = {(by_text,): True, (by_text, other): True, (by_text, any_file): False, (any_file,): False}
    assert {triggers: waits_for_text(workflow(1, triggers=triggers), ADDED) for triggers in cases} == cases
