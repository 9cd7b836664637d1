import { useMutation } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { type Workflow, WorkflowService } from "@sdk/scriba/v1/workflows_pb.js";

import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { lossOf, orderWith } from "@/settings/workflows/making";
import { useWords } from "@/words/words";

/** Gives a function that removes a workflow; one of which nothing is lost can be had back, at the place where it stood. */
export function useRemoval(workflows: readonly Workflow[]): (workflow: Workflow) => Promise<void> {
  const say = useWords();
  const explain = useExplanation();
  const client = useQueryClient();
  const deleting = useMutation(WorkflowService.method.deleteWorkflow);
  const making = useMutation(WorkflowService.method.createWorkflow);
  const reordering = useMutation(WorkflowService.method.reorderWorkflows);
  const told = async (deed: () => Promise<void>) => {
    try {
      await deed();
    } catch (error) {
      notifyWrong(explain(error));
    }
    await client.invalidateQueries();
  };
  const makeAgain = (workflow: Workflow) =>
    told(async () => {
      const ids = workflows.map(({ id }) => id).filter((id) => id !== workflow.id);
      const made = await making.mutateAsync({ workflow: { ...workflow, id: "", etag: "" } });
      await reordering.mutateAsync({ ids: orderWith(ids, made.workflow?.id ?? "", workflows.indexOf(workflow)) });
    });
  return (workflow) =>
    told(async () => {
      await deleting.mutateAsync({ id: workflow.id, etag: workflow.etag });
      notify(say("workflows.removed", { name: workflow.name }), lossOf(workflow) ? undefined : () => void makeAgain(workflow));
    });
}
