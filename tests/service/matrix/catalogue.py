"""What is asked of the catalogue, folders and workflows."""

from scriba.v1 import catalog_pb2 as catalog
from scriba.v1 import folders_pb2 as folders
from scriba.v1 import workflows_pb2 as workflows
from tests.service.matrix.line import Line, Needs, mask

_CATALOG = {
    "ListLabels": Line(lambda _: catalog.ListLabelsRequest(kind=catalog.LABEL_KIND_TAG)),
    "GetLabel": Line(lambda t: catalog.GetLabelRequest(id=t.label), Needs.EXISTENCE, "LABEL_NOT_FOUND"),
    "CreateLabel": Line(lambda t: catalog.CreateLabelRequest(label=catalog.Label(kind=catalog.LABEL_KIND_TAG, name=f"tag of {t.label}"))),
    "UpdateLabel": Line(
        lambda t: catalog.UpdateLabelRequest(label=catalog.Label(id=t.label, name=f"new {t.label}"), update_mask=mask("name")),
        Needs.EXISTENCE,
        "LABEL_NOT_FOUND",
    ),
    "DeleteLabel": Line(lambda t: catalog.DeleteLabelRequest(id=t.label), Needs.EXISTENCE, "LABEL_NOT_FOUND"),
    "ListFields": Line(lambda _: catalog.ListFieldsRequest()),
    "CreateField": Line(lambda t: catalog.CreateFieldRequest(field=catalog.Field(kind=catalog.FIELD_KIND_TEXT, name=f"of {t.field}"))),
    "UpdateField": Line(
        lambda t: catalog.UpdateFieldRequest(field=catalog.Field(id=t.field, name=f"new {t.field}"), update_mask=mask("name")),
        Needs.EXISTENCE,
        "FIELD_NOT_FOUND",
    ),
    "DeleteField": Line(lambda t: catalog.DeleteFieldRequest(id=t.field), Needs.EXISTENCE, "FIELD_NOT_FOUND"),
    "ListViews": Line(lambda _: catalog.ListViewsRequest()),
    "CreateView": Line(lambda t: catalog.CreateViewRequest(view=catalog.View(name=f"of {t.view}"))),
    "UpdateView": Line(
        lambda t: catalog.UpdateViewRequest(view=catalog.View(id=t.view, name=f"new {t.view}"), update_mask=mask("name")),
        Needs.EXISTENCE,
        "VIEW_NOT_FOUND",
    ),
    "DeleteView": Line(lambda t: catalog.DeleteViewRequest(id=t.view), Needs.EXISTENCE, "VIEW_NOT_FOUND"),
    "GetNextArchiveSerialNumber": Line(lambda _: catalog.GetNextArchiveSerialNumberRequest()),
}
_FOLDERS = {"ListFolders": Line(lambda _: folders.ListFoldersRequest())}
_WORKFLOWS = {
    "ListWorkflows": Line(lambda _: workflows.ListWorkflowsRequest()),
    "GetWorkflow": Line(lambda t: workflows.GetWorkflowRequest(id=t.workflow), Needs.EXISTENCE, "WORKFLOW_NOT_FOUND"),
    "CreateWorkflow": Line(lambda _: workflows.CreateWorkflowRequest(workflow=workflows.Workflow()), comes_to=("INVALID_REQUEST",)),
    "UpdateWorkflow": Line(
        lambda t: workflows.UpdateWorkflowRequest(
            workflow=workflows.Workflow(id=t.workflow, name=f"new {t.workflow}"), update_mask=mask("name")
        ),
        Needs.EXISTENCE,
        "WORKFLOW_NOT_FOUND",
    ),
    "DeleteWorkflow": Line(lambda t: workflows.DeleteWorkflowRequest(id=t.workflow), Needs.EXISTENCE, "WORKFLOW_NOT_FOUND"),
    "ReorderWorkflows": Line(lambda t: workflows.ReorderWorkflowsRequest(ids=[t.workflow]), comes_to=("ORDER_INCOMPLETE",)),
    "DryRunWorkflows": Line(
        lambda t: workflows.DryRunWorkflowsRequest(document_id=t.document, trigger=workflows.TRIGGER_KIND_DOCUMENT_UPDATED), Needs.VIEW
    ),
}
CATALOGUE = {
    "CatalogService": _CATALOG,
    "FolderService": _FOLDERS,
    "WorkflowService": _WORKFLOWS,
}
