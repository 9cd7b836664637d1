"""Making, changing and trying workflows. It asks the database, so it works in threads."""

from collections.abc import Sequence
from dataclasses import replace

from actors.store.nouns.workflows import Workflow, WorkflowFacts, WorkflowId
from daemon.service.cataloguing.checks import refuse
from daemon.service.ports import Archive
from daemon.service.wire.archive import document_id, document_message
from daemon.service.wire.masks import masked, merging, of_paths, paths_of
from daemon.service.wire.passwords import PasswordReader, kept_passwords
from daemon.service.wire.values import expected_revision
from daemon.service.wire.workflow_reading import WorkflowNames, WorkflowReader
from daemon.service.wire.workflows import trace_message, trigger_kind, workflow_id, workflow_message
from scriba.v1 import workflows_pb2 as pb

PATHS = ("name", "enabled", "triggers", "actions")
# One that is only tried is behind all others.
_NOT_KEPT = Workflow(WorkflowId(0), 0, 0, WorkflowFacts(""))


class WorkflowKeeping:
    """Keeps workflows as people want them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._planner = archive.planner
        self._seals = archive.seals
        self._now = archive.now

    def told(self, workflows: Sequence[Workflow]) -> list[pb.Workflow]:
        """Tell workflows by the names that labels and fields have now."""
        names = self._names()
        return [workflow_message(one, names) for one in workflows]

    def all(self) -> list[pb.Workflow]:
        """Tell all workflows in their order."""
        return self.told(self._archive.store.workflows.list())

    def get(self, text: str) -> pb.Workflow:
        """Tell one workflow; raises WorkflowNotFound."""
        return self.told([self._archive.store.workflows.get(workflow_id(text))])[0]

    def create(self, told: pb.Workflow) -> pb.Workflow:
        """Make a workflow; raises InvalidRequest, NameTaken."""
        return self.told([self._archive.store.workflows.create(self._read(told))])[0]

    def update(self, request: pb.UpdateWorkflowRequest) -> pb.Workflow:
        """Change a workflow; raises InvalidRequest, NameTaken, StaleItem."""
        paths = paths_of(request.update_mask, PATHS)
        workflow, named = workflow_id(request.workflow.id), expected_revision(request.workflow.etag)

        def change() -> Workflow:
            present, names = self._archive.store.workflows.get(workflow), self._names()
            told = masked(workflow_message(present, names), request.workflow, request.update_mask)
            reader = self._reader(names, present.facts)
            facts = reader.facts(told)
            refuse(of_paths(paths, reader.violations))
            kept = {path: getattr(facts, path) for path in paths}
            return self._archive.store.workflows.update(workflow, replace(present.facts, **kept), named or present.revision)

        return self.told([merging(change, named)])[0]

    def delete(self, request: pb.DeleteWorkflowRequest) -> None:
        """Remove a workflow; raises WorkflowNotFound, StaleItem."""
        self._archive.store.workflows.delete(workflow_id(request.id), expected_revision(request.etag))

    def reorder(self, ids: Sequence[str]) -> list[pb.Workflow]:
        """Put all workflows into an order; raises OrderIncomplete."""
        return self.told(self._archive.store.workflows.reorder([workflow_id(text) for text in ids]))

    def dry_run(self, request: pb.DryRunWorkflowsRequest) -> pb.DryRunWorkflowsResponse:
        """Tell what workflows would do to a document."""
        document = document_id(request.document_id)
        plan = self._planner.seen_by(self._archive.store).plan(document, trigger_kind(request.trigger), self._chosen(request))
        seen, _ = self._archive.store.documents.foresee(document, plan.deeds.proposals, self._now())
        return pb.DryRunWorkflowsResponse(
            traces=map(trace_message, plan.traces), document=document_message(seen), trashed=bool(plan.deeds.trashed_by)
        )

    def _chosen(self, request: pb.DryRunWorkflowsRequest) -> Sequence[Workflow]:
        match request.WhichOneof("what"):
            case "workflow_id":
                present = self._archive.store.workflows.get(workflow_id(request.workflow_id))
                return [replace(present, facts=replace(present.facts, enabled=True))]
            case "workflow":
                return [replace(_NOT_KEPT, facts=replace(self._read(request.workflow, self._present(request.workflow.id)), enabled=True))]
            case _:
                return self._archive.store.workflows.list()

    def _present(self, text: str) -> WorkflowFacts | None:
        """Give the workflow whose change is only tried, where there is one."""
        return self._archive.store.workflows.get(workflow_id(text)).facts if text else None

    def _reader(self, names: WorkflowNames, present: WorkflowFacts | None) -> WorkflowReader:
        seal = self._seals.seal
        return WorkflowReader(names, seal, PasswordReader(seal, kept_passwords(present)), present)

    def _read(self, told: pb.Workflow, present: WorkflowFacts | None = None) -> WorkflowFacts:
        reader = self._reader(self._names(), present)
        facts = reader.facts(told)
        refuse(reader.violations)
        return facts

    def _names(self) -> WorkflowNames:
        names = self._archive.store.catalog.names()
        return WorkflowNames(names.labels, {one.id: one for one in names.fields})
