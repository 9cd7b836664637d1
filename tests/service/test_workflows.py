"""Workflows through the contract: kept by the names that people see, checked before they are kept, and tried without a trace."""

import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelId, LabelKind
from actors.store.nouns.workflows import RemovePassword
from scriba.v1 import catalog_pb2, documents_pb2
from scriba.v1 import workflows_pb2 as pb
from tests.service.house import NOW, House, failing

ADDED = pb.TRIGGER_KIND_DOCUMENT_ADDED


def label(house: House, name: str, kind: LabelKind = LabelKind.TAG) -> LabelId:
    return house.store.catalog.labels.create(kind, LabelFacts(name)).id


def tagging(name: str, tag: str, **trigger: object) -> pb.Workflow:
    asked = pb.WorkflowTrigger(kind=ADDED, **trigger)  # type: ignore[arg-type]  # passes the filters on
    return pb.Workflow(name=name, enabled=True, triggers=[asked], actions=[pb.WorkflowAction(assign=pb.AssignAction(tags=[tag]))])


async def create(house: House, workflow: pb.Workflow) -> pb.Workflow:
    answer: pb.CreateWorkflowResponse = await house.workflows.CreateWorkflow(pb.CreateWorkflowRequest(workflow=workflow))
    return answer.workflow


async def test_a_workflow_is_told_by_the_names_that_things_have_now(house: House) -> None:
    tax = label(house, "tax")
    for kind in (LabelKind.CORRESPONDENT, LabelKind.DOCUMENT_TYPE, LabelKind.STORAGE_PATH):
        label(house, kind.value, kind)
    total = house.store.catalog.fields.create(FieldKind.MONEY, FieldFacts("Total"), ()).id
    trigger = pb.WorkflowTrigger(
        kind=ADDED,
        sources=[pb.DOCUMENT_SOURCE_FOLDER, pb.DOCUMENT_SOURCE_UPLOAD],
        path="tax/*",
        filename="*.pdf",
        matching=catalog_pb2.MATCHING_ALL,
        pattern="tax office",
        case_sensitive=True,
        tags=pb.LabelFilter(any_of=["TAX"], all_of=["tax"], none_of=["tax"]),
        correspondents=pb.LabelFilter(any_of=["correspondent"]),
        document_types=pb.LabelFilter(none_of=["document_type"]),
        storage_paths=pb.LabelFilter(any_of=["storage_path"]),
        field_query='["Total", "gt", 5]',
    )
    money = catalog_pb2.FieldValue(field="Total", money=catalog_pb2.FieldValue.Money(amount="12.30", currency="EUR"))
    assign = pb.AssignAction(
        title="{{ title }}",
        tags=["tax"],
        correspondent="correspondent",
        document_type="document_type",
        storage_path="storage_path",
        fields=[money],
    )
    remove = pb.RemoveAction(tags=["tax"], fields=["Total"], all_of=[catalog_pb2.LABEL_KIND_TAG], all_fields=True)
    actions = [
        pb.WorkflowAction(assign=assign),
        pb.WorkflowAction(remove=remove),
        pb.WorkflowAction(fill_field=pb.FillFieldAction(field="Total", pattern="total (.*)")),
        pb.WorkflowAction(fill_field=pb.FillFieldAction(field="Total", template="{{ title }}")),
        pb.WorkflowAction(email=pb.EmailAction(to=["a@b.example"], subject="{{ title }}", body="new", attach_document=True)),
        pb.WorkflowAction(webhook=pb.WebhookAction(url="https://h.example/x", params={"a": "{{ title }}"}, headers={"X-Key": "k"})),
        pb.WorkflowAction(webhook=pb.WebhookAction(url="http://h.example", body="{{ title }}", as_json=True, attach_document=True)),
        pb.WorkflowAction(trash=pb.TrashAction()),
    ]
    made = await create(house, pb.Workflow(name="All", triggers=[trigger], actions=actions))
    trigger.tags.any_of[0] = "tax"
    trigger.field_query = f'[{total}, "gt", 5]'
    del actions[5].webhook.headers["X-Key"]
    actions[5].webhook.kept_headers.append("X-Key")
    assert made == pb.Workflow(id="1", etag="1", name="All", triggers=[trigger], actions=actions)
    house.store.catalog.labels.update(tax, LabelFacts("taxes"), None, NOW)
    told = (await house.workflows.GetWorkflow(pb.GetWorkflowRequest(id="1"))).workflow
    assert told.actions[0].assign.tags == ["taxes"]


async def violations(house: House, workflow: pb.Workflow) -> dict[str, str]:
    failure = await failing(house.workflows.CreateWorkflow(pb.CreateWorkflowRequest(workflow=workflow)))
    assert failure.reason == "INVALID_REQUEST"
    return failure.violations


async def test_what_is_wrong_with_triggers_is_told_at_once_with_its_place(house: House) -> None:
    triggers = [
        pb.WorkflowTrigger(kind=pb.TRIGGER_KIND_CONSUMPTION_STARTED, matching=catalog_pb2.MATCHING_ANY, pattern="x"),
        pb.WorkflowTrigger(kind=ADDED, matching=catalog_pb2.MATCHING_REGEX, pattern="("),
        pb.WorkflowTrigger(field_query="[]", correspondents=pb.LabelFilter(all_of=["nobody"])),
        pb.WorkflowTrigger(kind=ADDED, matching=catalog_pb2.MATCHING_AUTO),
    ]
    told = await violations(house, pb.Workflow(name="x", triggers=triggers, actions=[pb.WorkflowAction(trash=pb.TrashAction())]))
    assert sorted(told) == [
        "workflow.triggers[0].matching",
        "workflow.triggers[1].pattern",
        "workflow.triggers[2].correspondents.all_of",
        "workflow.triggers[2].correspondents.all_of[0]",
        "workflow.triggers[2].field_query",
        "workflow.triggers[2].kind",
        "workflow.triggers[3].matching",
    ]


def by_the_clock(**schedule: object) -> pb.WorkflowTrigger:
    return pb.WorkflowTrigger(kind=pb.TRIGGER_KIND_SCHEDULED, schedule=pb.Schedule(**schedule))  # type: ignore[arg-type]  # its own fields


async def test_schedules_are_told_as_they_were_made(house: House) -> None:
    house.store.catalog.fields.create(FieldKind.DATE, FieldFacts("Due"), ())
    triggers = [
        by_the_clock(date=pb.SCHEDULE_DATE_ADDED, offset_days=30, every_days=7),
        by_the_clock(date=pb.SCHEDULE_DATE_FIELD, field="Due", offset_days=-14),
    ]
    wanted = pb.Workflow(name="x", triggers=triggers, actions=[pb.WorkflowAction(trash=pb.TrashAction())])
    assert list((await create(house, wanted)).triggers) == triggers


async def test_what_is_wrong_with_schedules_is_told_with_its_place(house: House) -> None:
    house.store.catalog.fields.create(FieldKind.TEXT, FieldFacts("Number"), ())
    triggers = [
        pb.WorkflowTrigger(kind=pb.TRIGGER_KIND_SCHEDULED),
        pb.WorkflowTrigger(kind=ADDED, schedule=pb.Schedule(date=pb.SCHEDULE_DATE_ADDED)),
        by_the_clock(offset_days=40_000, every_days=-1),
        by_the_clock(date=pb.SCHEDULE_DATE_FIELD, field="Number"),
        by_the_clock(date=pb.SCHEDULE_DATE_FIELD, field="Due"),
        by_the_clock(date=pb.SCHEDULE_DATE_CREATED, field="Number"),
    ]
    told = await violations(house, pb.Workflow(name="x", triggers=triggers, actions=[pb.WorkflowAction(trash=pb.TrashAction())]))
    assert sorted(told) == [
        "workflow.triggers[0].schedule",
        "workflow.triggers[1].schedule",
        "workflow.triggers[2].schedule.date",
        "workflow.triggers[2].schedule.every_days",
        "workflow.triggers[2].schedule.offset_days",
        "workflow.triggers[3].schedule.field",
        "workflow.triggers[4].schedule.field",
        "workflow.triggers[5].schedule.field",
    ]


async def test_what_is_wrong_with_actions_is_told_at_once_with_its_place(house: House) -> None:
    actions = [
        pb.WorkflowAction(),
        pb.WorkflowAction(assign=pb.AssignAction(title="{{ nothing }}", tags=["missing"], fields=[catalog_pb2.FieldValue(field="no")])),
        pb.WorkflowAction(fill_field=pb.FillFieldAction(field="no", pattern="(")),
    ]
    told = await violations(house, pb.Workflow(triggers=[pb.WorkflowTrigger(kind=ADDED, path="x" * 300)], actions=actions))
    assert sorted(told) == [
        "workflow.actions[0]",
        "workflow.actions[1].assign.fields[0]",
        "workflow.actions[1].assign.tags[0]",
        "workflow.actions[1].assign.title",
        "workflow.actions[2].fill_field.field",
        "workflow.actions[2].fill_field.pattern",
        "workflow.name",
        "workflow.triggers[0].path",
    ]
    assert told["workflow.actions[1].assign.tags[0]"] == "there is no tag 'missing': create it first"


async def test_what_is_wrong_with_what_is_sent_is_told_with_its_place(house: House) -> None:
    hook = pb.WebhookAction(url="ftp://h.example", params={"a": "{{ x"}, headers={"a b": "c"})
    actions = [
        pb.WorkflowAction(email=pb.EmailAction(to=["nobody"])),
        pb.WorkflowAction(webhook=hook),
        pb.WorkflowAction(webhook=pb.WebhookAction(url="https://h.example", headers={"X": "a\nb"})),
        pb.WorkflowAction(webhook=pb.WebhookAction(url="https://me:secret@h.example")),
    ]
    told = await violations(house, pb.Workflow(name="x", triggers=[pb.WorkflowTrigger(kind=ADDED)], actions=actions))
    assert sorted(told) == [
        "workflow.actions[0].email.subject",
        "workflow.actions[0].email.to",
        "workflow.actions[1].webhook.headers",
        "workflow.actions[1].webhook.params.a",
        "workflow.actions[1].webhook.url",
        "workflow.actions[2].webhook.headers",
        "workflow.actions[3].webhook.url",
    ]


async def test_only_what_the_mask_names_is_changed(house: House) -> None:
    label(house, "tax")
    made = await create(house, tagging("file it", "tax"))
    off = pb.Workflow(id=made.id, name="ignored", enabled=False)
    request = pb.UpdateWorkflowRequest(workflow=off, update_mask=FieldMask(paths=["enabled"]))
    changed = (await house.workflows.UpdateWorkflow(request)).workflow
    made.enabled, made.etag = False, "2"
    assert changed == made
    stale = pb.UpdateWorkflowRequest(workflow=pb.Workflow(id=made.id, etag="1"), update_mask=FieldMask(paths=["enabled"]))
    assert (await failing(house.workflows.UpdateWorkflow(stale))).reason == "STALE_ETAG"


async def test_workflows_are_listed_reordered_and_deleted(house: House) -> None:
    label(house, "tax")
    for name in ("first", "second"):
        await create(house, tagging(name, "tax"))
    assert (
        await failing(house.workflows.CreateWorkflow(pb.CreateWorkflowRequest(workflow=tagging("First", "tax"))))
    ).reason == "NAME_TAKEN"
    await house.workflows.ReorderWorkflows(pb.ReorderWorkflowsRequest(ids=["2", "1"]))
    listed = (await house.workflows.ListWorkflows(pb.ListWorkflowsRequest())).workflows
    assert [(one.name, one.position) for one in listed] == [("second", 0), ("first", 1)]
    assert (await failing(house.workflows.ReorderWorkflows(pb.ReorderWorkflowsRequest(ids=["2"])))).reason == "ORDER_INCOMPLETE"
    await house.workflows.DeleteWorkflow(pb.DeleteWorkflowRequest(id="2"))
    for text in ("2", "x"):
        assert (await failing(house.workflows.GetWorkflow(pb.GetWorkflowRequest(id=text)))).reason == "WORKFLOW_NOT_FOUND"


async def test_what_a_workflow_names_is_not_deleted(house: House) -> None:
    tax = label(house, "tax")
    await create(house, tagging("file it", "tax"))
    failure = await failing(house.catalog.DeleteLabel(catalog_pb2.DeleteLabelRequest(id=str(tax))))
    assert (failure.reason, failure.metadata) == ("NAMED_BY_WORKFLOWS", {"workflows": "file it"})


async def test_a_dry_run_tells_what_would_be_and_changes_nothing(house: House) -> None:
    label(house, "tax")
    document = house.read("letter", "the tax office writes")
    before = house.store.documents.get(DocumentId(int(document)))
    wanted = tagging("file it", "tax", matching=catalog_pb2.MATCHING_EXACT, pattern="tax office", filename="*.pdf")
    wanted.enabled = False
    made = await create(house, wanted)
    request = pb.DryRunWorkflowsRequest(document_id=document, workflow_id=made.id)
    (trace,) = (await house.workflows.DryRunWorkflows(request)).traces
    assert not trace.matched
    assert [(check.filter, check.passed, check.reason) for check in trace.triggers[0].checks] == [
        ("file name", False, "'letter.txt', '*.pdf' is asked for"),
        ("content", True, "the phrase 'tax office' in the text"),
    ]
    wanted.triggers[0].filename = "*.txt"
    answer = await house.workflows.DryRunWorkflows(pb.DryRunWorkflowsRequest(document_id=document, workflow=wanted, trigger=ADDED))
    assert [(step.outcome, step.words) for step in answer.traces[0].steps] == [(pb.STEP_OUTCOME_DONE, "gives the tag 'tax'")]
    assert (list(answer.document.tags), answer.trashed) == (["tax"], False)
    everything = await house.workflows.DryRunWorkflows(pb.DryRunWorkflowsRequest(document_id=document))
    assert everything.traces[0].passed_over == "it is switched off"
    assert house.store.documents.get(DocumentId(int(document))) == before
    assert (await failing(house.workflows.DryRunWorkflows(pb.DryRunWorkflowsRequest(document_id="99")))).reason == "DOCUMENT_NOT_FOUND"


@pytest.mark.parametrize("only_checked", [False, True])
async def test_workflows_are_told_of_an_edit_that_is_made(house: House, only_checked: bool) -> None:
    document = house.read("letter", "text")
    changed = documents_pb2.Document(id=document, title="mine")
    mask = FieldMask(paths=["title"])
    request = documents_pb2.UpdateDocumentRequest(document=changed, update_mask=mask, validate_only=only_checked)
    await house.documents.UpdateDocument(request)
    assert house.edits.told == (not only_checked)


async def test_a_persons_value_stays_in_a_dry_run_too(house: House) -> None:
    label(house, "tax")
    document = house.read("letter", "text", tags=("tax",))
    house.store.documents.update(DocumentId(int(document)), DocumentChanges(tags=()), None, NOW)
    request = pb.DryRunWorkflowsRequest(document_id=document, workflow=tagging("file it", "tax"))
    (step,) = (await house.workflows.DryRunWorkflows(request)).traces[0].steps
    assert (step.outcome, step.words) == (
        pb.STEP_OUTCOME_HELD,
        "the tag 'tax' stays as it is: a person gave it, or took it away",
    )


def opening(**told: object) -> pb.Workflow:
    """Describe a workflow that takes passwords off."""
    action = pb.RemovePasswordAction(**told)  # type: ignore[arg-type]  # its own fields
    trigger = pb.WorkflowTrigger(kind=ADDED)
    return pb.Workflow(name="open", enabled=True, triggers=[trigger], actions=[pb.WorkflowAction(remove_password=action)])


def passwords(house: House) -> list[tuple[int, str]]:
    (workflow,) = house.store.workflows.list()
    (action,) = workflow.facts.actions
    assert isinstance(action, RemovePassword)
    return [(one.number, house.seals.unseal(one.text)) for one in action.passwords]


async def test_passwords_are_kept_and_told_to_nobody(house: House) -> None:
    made = await create(house, opening(passwords=["sesame", "tulip"]))
    assert made.actions[0].remove_password == pb.RemovePasswordAction(kept=[1, 2])
    assert (await house.workflows.GetWorkflow(pb.GetWorkflowRequest(id=made.id))).workflow == made
    assert list((await house.workflows.ListWorkflows(pb.ListWorkflowsRequest())).workflows) == [made]
    assert passwords(house) == [(1, "sesame"), (2, "tulip")]


@pytest.mark.parametrize(
    ("action", "after"),
    [
        ({"kept": [1, 2]}, [(1, "sesame"), (2, "tulip")]),
        ({"kept": [2], "passwords": ["crocus"]}, [(2, "tulip"), (3, "crocus")]),
        ({"passwords": ["crocus"]}, [(3, "crocus")]),
    ],
)
async def test_a_password_stays_while_its_number_is_sent(house: House, action: dict[str, object], after: list[tuple[int, str]]) -> None:
    made = await create(house, opening(passwords=["sesame", "tulip"]))
    wanted = opening(**action)
    wanted.id = made.id
    renamed = pb.UpdateWorkflowRequest(workflow=pb.Workflow(id=made.id, name="new name"), update_mask=FieldMask(paths=["name"]))
    await house.workflows.UpdateWorkflow(renamed)
    assert passwords(house) == [(1, "sesame"), (2, "tulip")]
    answer = await house.workflows.UpdateWorkflow(pb.UpdateWorkflowRequest(workflow=wanted, update_mask=FieldMask(paths=["actions"])))
    assert passwords(house) == after
    assert answer.workflow.actions[0].remove_password == pb.RemovePasswordAction(kept=[number for number, _ in after])


async def test_what_is_wrong_with_passwords_is_told_without_them(house: House) -> None:
    wanted = opening(passwords=["", "s3cret\0", "s3cret" * 200], kept=[4])
    wanted.actions.append(pb.WorkflowAction(remove_password=pb.RemovePasswordAction()))
    told = await violations(house, wanted)
    assert told == {
        "workflow.actions[0].remove_password.kept": "the workflow keeps no password 4: send it anew",
        **{f"workflow.actions[0].remove_password.passwords[{one}]": "must have 1 to 1,024 characters, without NUL" for one in range(3)},
        "workflow.actions[1].remove_password.passwords": "must be 1 to 20, with those that are kept",
    }


async def test_a_dry_run_says_how_many_passwords_would_be_tried(house: House) -> None:
    document = house.read("letter", "text")
    made = await create(house, opening(passwords=["sesame", "tulip"]))
    changed = opening(kept=[1], passwords=["crocus"])
    changed.id = made.id
    for wanted in (pb.DryRunWorkflowsRequest(workflow_id=made.id), pb.DryRunWorkflowsRequest(workflow=changed)):
        wanted.document_id = document
        (step,) = (await house.workflows.DryRunWorkflows(wanted)).traces[0].steps
        assert (step.outcome, step.words) == (pb.STEP_OUTCOME_UNCHANGED, "is not locked with a password")
    assert house.store.errands.due(NOW, 10) == []
