"""Headers of webhooks go in and never come out; they stay where the same host is called, and go to no other."""

import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.nouns.workflows import CallWebhook
from scriba.v1 import workflows_pb2 as pb
from tests.service.house import House, failing

URL = "https://h.example:8443/a"


def calling(*webhooks: pb.WebhookAction, workflow_id: str = "") -> pb.Workflow:
    trigger = pb.WorkflowTrigger(kind=pb.TRIGGER_KIND_DOCUMENT_ADDED)
    actions = [pb.WorkflowAction(webhook=one) for one in webhooks]
    return pb.Workflow(id=workflow_id, name="call", enabled=True, triggers=[trigger], actions=actions)


async def create(house: House, *webhooks: pb.WebhookAction) -> pb.Workflow:
    answer: pb.CreateWorkflowResponse = await house.workflows.CreateWorkflow(pb.CreateWorkflowRequest(workflow=calling(*webhooks)))
    return answer.workflow


def changing(made: pb.Workflow, *webhooks: pb.WebhookAction) -> pb.UpdateWorkflowRequest:
    return pb.UpdateWorkflowRequest(workflow=calling(*webhooks, workflow_id=made.id), update_mask=FieldMask(paths=["actions"]))


def headers(house: House) -> list[dict[str, str]]:
    (workflow,) = house.store.workflows.list()
    webhooks = [action for action in workflow.facts.actions if isinstance(action, CallWebhook)]
    return [{name: house.seals.unseal(value) for name, value in one.headers} for one in webhooks]


async def test_headers_are_kept_sealed_and_told_by_name_alone(house: House) -> None:
    made = await create(house, pb.WebhookAction(url=URL, headers={"X-Key": "s3cret", "Accept": "text/plain"}))
    assert made.actions[0].webhook == pb.WebhookAction(url=URL, kept_headers=["Accept", "X-Key"])
    assert (await house.workflows.GetWorkflow(pb.GetWorkflowRequest(id=made.id))).workflow == made
    assert list((await house.workflows.ListWorkflows(pb.ListWorkflowsRequest())).workflows) == [made]
    assert headers(house) == [{"Accept": "text/plain", "X-Key": "s3cret"}]
    assert all("s3cret" not in kept for kept in house.store.secrets.kept())


@pytest.mark.parametrize(
    ("told", "after"),
    [
        (pb.WebhookAction(url=URL, kept_headers=["X-Key", "Accept"]), {"Accept": "text/plain", "X-Key": "s3cret"}),
        (pb.WebhookAction(url="https://H.example:8443/b", kept_headers=["x-key"]), {"X-Key": "s3cret"}),
        (pb.WebhookAction(url=URL, kept_headers=["X-Key"], headers={"x-key": "new"}), {"x-key": "new"}),
        (pb.WebhookAction(url=URL, headers={"X-Other": "o"}), {"X-Other": "o"}),
        (pb.WebhookAction(url="https://other.example", headers={"X-Key": "new"}), {"X-Key": "new"}),
    ],
)
async def test_a_header_stays_while_it_is_named(house: House, told: pb.WebhookAction, after: dict[str, str]) -> None:
    made = await create(house, pb.WebhookAction(url=URL, headers={"X-Key": "s3cret", "Accept": "text/plain"}))
    await house.workflows.UpdateWorkflow(changing(made, told))
    assert headers(house) == [after]


@pytest.mark.parametrize(
    "url",
    ["https://other.example:8443/a", "https://h.example/a", "http://h.example:8443/a", "https://h.example.evil.example:8443/a"],
)
async def test_a_header_goes_to_no_other_host(house: House, url: str) -> None:
    made = await create(house, pb.WebhookAction(url=URL, headers={"X-Key": "s3cret"}))
    failure = await failing(house.workflows.UpdateWorkflow(changing(made, pb.WebhookAction(url=url, kept_headers=["X-Key"]))))
    assert failure.violations == {"workflow.actions[0].webhook.kept_headers": "no X-Key is kept for that host: send its value"}
    assert headers(house) == [{"X-Key": "s3cret"}]


async def test_each_webhook_keeps_its_own_headers_in_whatever_order_they_come(house: House) -> None:
    first, second = (pb.WebhookAction(url=f"{URL}/{one}", headers={"X-Key": f"s3cret {one}"}) for one in (1, 2))
    made = await create(house, first, second)
    moved = pb.WebhookAction(url=f"{URL}/3", kept_headers=["X-Key"])
    await house.workflows.UpdateWorkflow(changing(made, moved, made.actions[0].webhook))
    assert headers(house) == [{"X-Key": "s3cret 2"}, {"X-Key": "s3cret 1"}]


async def test_another_change_leaves_headers_as_they_are(house: House) -> None:
    made = await create(house, pb.WebhookAction(url=URL, headers={"X-Key": "s3cret"}))
    renamed = pb.UpdateWorkflowRequest(workflow=pb.Workflow(id=made.id, name="new name"), update_mask=FieldMask(paths=["name"]))
    assert (await house.workflows.UpdateWorkflow(renamed)).workflow.name == "new name"
    assert headers(house) == [{"X-Key": "s3cret"}]


@pytest.mark.parametrize("told", [{" s3cret": "v"}, {"X-Key": "s3cret "}, {"X-Key": "s3cret\n"}, {"X-Key": "s3cretü"}])
async def test_what_is_wrong_with_headers_is_told_without_their_values(house: House, told: dict[str, str]) -> None:
    wanted = pb.CreateWorkflowRequest(workflow=calling(pb.WebhookAction(url=URL, headers=told)))
    failure = await failing(house.workflows.CreateWorkflow(wanted))
    assert failure.violations == {"workflow.actions[0].webhook.headers": "must be names and values of HTTP headers, in ASCII"}
    assert "s3cret" not in failure.message


async def test_no_header_is_named_twice(house: House) -> None:
    wanted = pb.CreateWorkflowRequest(workflow=calling(pb.WebhookAction(url=URL, headers={"X-Key": "1", "x-key": "2"})))
    failure = await failing(house.workflows.CreateWorkflow(wanted))
    assert failure.violations == {"workflow.actions[0].webhook.headers": "must name no header twice, in whatever capitals"}
