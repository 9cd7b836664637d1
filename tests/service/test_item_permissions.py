"""Labels, saved views and workflows belong to people, through the contract."""

from actors.store.nouns.access import AccessChange, Item, ItemKind
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind, Matching, MatchRule
from actors.store.nouns.identity import Role, UserId
from actors.store.nouns.workflows import Assign, LabelFilter, Trigger, TriggerKind, WorkflowFacts
from scriba.v1 import assignments_pb2, catalog_pb2, documents_pb2, workflows_pb2
from scriba.v1 import permissions_pb2 as pb
from scriba.v1.assignments_pb2_grpc import AssignmentServiceStub
from scriba.v1.catalog_pb2_grpc import CatalogServiceStub
from scriba.v1.documents_pb2_grpc import DocumentServiceStub
from scriba.v1.permissions_pb2_grpc import PermissionServiceStub
from scriba.v1.workflows_pb2_grpc import WorkflowServiceStub
from tests.service.house import NOW, House, bearer, failing
from tests.service.people import EDIT, VIEW, Person, person, to

NO_RULE = MatchRule()
SECRET = "canarybird"


def label(house: House, name: str, owner: Person | None = None, rule: MatchRule = NO_RULE, kind: LabelKind = LabelKind.TAG) -> LabelId:
    made = house.store.catalog.labels.create(kind, LabelFacts(name, rule)).id
    if owner is not None:
        house.store.item_permissions.change([Item(ItemKind.LABEL, made)], AccessChange(owner=UserId(int(owner.id))))
    return made


async def views(who: Person) -> list[str]:
    stub = CatalogServiceStub(who.house.channel)
    answer = await stub.ListViews(catalog_pb2.ListViewsRequest(), metadata=bearer(who.id))
    return [view.name for view in answer.views]


async def update(who: Person, item: pb.Item, **change: object) -> pb.ItemPermissions:
    request = pb.UpdateItemPermissionsRequest(items=[item], **change)  # type: ignore[arg-type]  # the message's own fields
    (told,) = (await who.call("UpdateItemPermissions", request)).permissions
    assert isinstance(told, pb.ItemPermissions)
    return told


def exactly(*grants: pb.Grant) -> pb.UpdateItemPermissionsRequest.Grants:
    return pb.UpdateItemPermissionsRequest.Grants(grants=grants)


async def test_a_new_view_is_its_makers_alone_until_he_shares_it(house: House, anna: Person, bert: Person) -> None:
    stub = CatalogServiceStub(house.channel)
    request = catalog_pb2.CreateViewRequest(view=catalog_pb2.View(name="To do", query="tag:todo"))
    view = (await stub.CreateView(request, metadata=bearer(anna.id))).view
    assert (view.owner_id, await views(anna), await views(bert)) == (anna.id, ["To do"], [])
    item = pb.Item(view_id=view.id)
    told = await update(anna, item, grants=exactly(to(bert)))
    subject = pb.Subject(user_id=bert.id, name="Bert")
    grants = [pb.Grant(subject=subject, level=VIEW)]
    assert told == pb.ItemPermissions(item=item, name="To do", owner_id=anna.id, owner_name="Anna", grants=grants, level=EDIT)
    assert await views(bert) == ["To do"]
    failure = await failing(stub.DeleteView(catalog_pb2.DeleteViewRequest(id=view.id), metadata=bearer(bert.id)))
    assert failure.reason == "ITEM_NOT_EDITABLE"
    assert (await bert.call("GetItemPermissions", pb.GetItemPermissionsRequest(items=[item]))).permissions[0].level == VIEW


async def test_the_machines_own_administrator_makes_views_for_everyone(house: House, bert: Person) -> None:
    await house.catalog.CreateView(catalog_pb2.CreateViewRequest(view=catalog_pb2.View(name="Bills")))
    assert await views(bert) == ["Bills"]


async def test_what_was_given_away_is_told_once_more_and_then_gone(house: House, anna: Person, bert: Person) -> None:
    item = pb.Item(label_id=str(label(house, "tax")))
    told = await update(bert, item, owner_id=anna.id)
    assert (told.owner_name, told.level) == ("Anna", pb.ACCESS_LEVEL_UNSPECIFIED)
    failure = await failing(bert.call("GetItemPermissions", pb.GetItemPermissionsRequest(items=[item])))
    assert failure.reason == "LABEL_NOT_FOUND"
    assert (await update(anna, item, owner_id="", grants=exactly())).level == EDIT
    assert (await bert.call("GetItemPermissions", pb.GetItemPermissionsRequest(items=[item]))).permissions[0].owner_id == ""


async def test_who_may_edit_does_not_say_who_else_may(house: House, anna: Person, bert: Person) -> None:
    item = pb.Item(label_id=str(label(house, "tax", anna)))
    await update(anna, item, grants=exactly(to(bert, EDIT)))
    failure = await failing(bert.call("UpdateItemPermissions", pb.UpdateItemPermissionsRequest(items=[item], owner_id=bert.id)))
    assert failure.reason == "ITEM_OWNED"


async def test_a_grant_that_comes_by_a_hidden_label_does_not_name_it(house: House, anna: Person, bert: Person) -> None:
    tag = label(house, SECRET, anna)
    document = house.accept("other")
    house.store.seen_by(house.store.permissions.viewer(UserId(int(anna.id)))).documents.update(
        DocumentId(int(document)), DocumentChanges(tags=(SECRET,)), None, NOW
    )
    grants = pb.SetGrantsRequest(holder=pb.Holder(label_id=str(tag)), grants=[to(bert)])
    await PermissionServiceStub(house.channel).SetGrants(grants, metadata=bearer())
    (told,) = (await bert.call("GetPermissions", pb.GetPermissionsRequest(document_ids=[document]))).permissions
    (inherited,) = told.inherited
    assert (inherited.WhichOneof("from"), inherited.name, inherited.grant.subject.name) == (None, "", "Bert")


async def test_nobody_is_offered_a_label_that_he_does_not_see(house: House, anna: Person, bert: Person) -> None:
    rule = MatchRule(Matching.ANY, "paper")
    label(house, "shown", None, rule)
    label(house, SECRET, anna, rule)
    bank = label(house, f"{SECRET} bank", anna, rule, LabelKind.CORRESPONDENT)
    document, stub = house.read("letter", "a paper"), DocumentServiceStub(house.channel)
    told = {}
    for who in (anna, bert):
        answer = await stub.SuggestValues(documents_pb2.SuggestValuesRequest(id=document), metadata=bearer(who.id))
        told[who.id] = {one.name for one in answer.labels}
    assert told == {anna.id: {"shown", SECRET, f"{SECRET} bank"}, bert.id: {"shown"}}
    assert bank


async def test_rules_are_rehearsed_for_who_asks(house: House, anna: Person, bert: Person) -> None:
    label(house, SECRET, anna, MatchRule(Matching.ANY, "paper"))
    document, stub = house.read("letter", "a paper"), AssignmentServiceStub(house.channel)
    request = assignments_pb2.ApplyRulesRequest(document_ids=[document], validate_only=True)
    told = {who.id: "".join([str(one) async for one in stub.ApplyRules(request, metadata=bearer(who.id))]) for who in (anna, bert)}
    assert [SECRET in one for one in told.values()] == [True, False]


async def test_workflows_are_tried_with_what_the_caller_sees(house: House, anna: Person, bert: Person) -> None:
    tag, viewer = label(house, SECRET, anna), house.store.permissions.viewer(UserId(int(anna.id)))
    document, stub = house.read("letter", "text"), WorkflowServiceStub(house.channel)
    house.store.seen_by(viewer).documents.update(DocumentId(int(document)), DocumentChanges(tags=(SECRET,)), None, NOW)
    asked = (Trigger(TriggerKind.DOCUMENT_ADDED, tags=LabelFilter(any_of=(tag,))),)
    house.store.workflows.create(WorkflowFacts("file it", triggers=asked, actions=(Assign(title="new"),)))
    request = workflows_pb2.DryRunWorkflowsRequest(document_id=document)
    told = {who.id: await stub.DryRunWorkflows(request, metadata=bearer(who.id)) for who in (anna, bert)}
    assert [(answer.traces[0].matched, SECRET in str(answer)) for answer in told.values()] == [(True, True), (False, False)]


async def test_somebodys_workflow_passes_over_what_he_may_not_edit(house: House, anna: Person) -> None:
    facts = WorkflowFacts("file it", triggers=(Trigger(TriggerKind.DOCUMENT_ADDED),), actions=(Assign(title="new"),))
    workflow = house.store.workflows.create(facts).id
    carl = person(house, "Carl", Role.UPLOADER)  # what is everyone's is not his
    document = house.read("letter", "text")
    passed = {}
    for owner in (anna, carl):
        change = AccessChange(owner=UserId(int(owner.id)))
        house.store.item_permissions.change([Item(ItemKind.WORKFLOW, workflow)], change)
        answer = await house.workflows.DryRunWorkflows(workflows_pb2.DryRunWorkflowsRequest(document_id=document))
        passed[owner.id] = answer.traces[0].passed_over
    assert passed == {anna.id: "", carl.id: "its owner may not change the document"}
