import { create } from "@bufbuild/protobuf";
import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { ListWorkflowsResponseSchema, type Workflow, WorkflowService } from "@sdk/scriba/v1/workflows_pb.js";

import { notify, notifyWrong } from "@/parts/notices";
import { movedTo } from "@/parts/ordering";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

/** Gives a function that moves a workflow, which is seen at once and can be undone. */
export function useOrder(workflows: readonly Workflow[]): (from: number, to: number) => void {
  const say = useWords();
  const explain = useExplanation();
  const client = useQueryClient();
  const transport = useTransport();
  const reordering = useMutation(WorkflowService.method.reorderWorkflows);
  const queryKey = createConnectQueryKey({ schema: WorkflowService.method.listWorkflows, transport, input: {}, cardinality: "finite" });
  const put = async (order: readonly Workflow[], undo?: () => void) => {
    client.setQueryData(queryKey, create(ListWorkflowsResponseSchema, { workflows: [...order] }));
    try {
      await reordering.mutateAsync({ ids: order.map(({ id }) => id) });
      notify(say("workflows.moved"), undo);
    } catch (error) {
      notifyWrong(explain(error));
    }
    await client.invalidateQueries({ queryKey });
  };
  return (from, to) => void put(movedTo(workflows, from, to), () => void put(workflows));
}
