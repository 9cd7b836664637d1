import { Code, type ConnectError } from "@connectrpc/connect";
import { useMutation } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { type Workflow, WorkflowService } from "@sdk/scriba/v1/workflows_pb.js";
import { useState } from "react";

import { notify } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import type { WorkflowDraft } from "@/settings/workflows/draft";
import { type Faults, faultsOf, stillWrong } from "@/settings/workflows/faults";
import type { Known } from "@/settings/workflows/query/reading";
import { MASK, mistakesIn, workflowFrom } from "@/settings/workflows/writing";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

interface Saving {
  /** Null where something stands in the form that cannot be sent, which is then told at its place. */
  readonly write: () => Workflow | null;
  readonly save: () => void;
  readonly faults: Faults;
  /** Tells at their places what the server found wrong with what was written last. */
  readonly refuse: (violations: Readonly<Record<string, string>>) => void;
  readonly isPending: boolean;
}

/** Makes a workflow, or changes one, and tells what is wrong with it. */
export function useWorkflowSaving(workflow: Workflow | null, draft: WorkflowDraft, known: Known, onSaved: () => void): Saving {
  const say = useWords();
  const explain = useExplanation();
  const client = useQueryClient();
  const [sent, setSent] = useState<WorkflowDraft | null>(null);
  const [faults, setFaults] = useState<Faults>({});
  const refuse = (violations: Readonly<Record<string, string>>) => sent && setFaults(faultsOf(violations, sent));
  const then = {
    onSuccess: async () => {
      await client.invalidateQueries();
      notify(say("workflows.saved", { name: sent?.name ?? "" }));
      onSaved();
    },
    onError: (error: ConnectError) => {
      const { violations } = refusalOf(error);
      if (Object.keys(violations).length > 0) refuse(violations);
      else setFaults({ [error.code === Code.AlreadyExists ? "name" : "workflow"]: explain(error) });
    },
  };
  const making = useMutation(WorkflowService.method.createWorkflow, then);
  const changing = useMutation(WorkflowService.method.updateWorkflow, then);
  const write = () => {
    const mistakes = mistakesIn(draft, known, { days: say("fields.reminder.wrong"), value: (mistake) => say(`panels.wrong.${mistake}`), query: (mistake) => say(mistake === "empty" || mistake === "json" ? `workflows.query.wrong.${mistake}` : `panels.wrong.${mistake}`) });
    setSent(draft);
    setFaults(mistakes);
    return Object.keys(mistakes).length > 0 ? null : workflowFrom(draft, known, workflow?.id, workflow?.etag);
  };
  const save = () => {
    const written = write();
    if (!written) return;
    if (workflow) changing.mutate({ workflow: written, updateMask: { paths: [...MASK] } });
    else making.mutate({ workflow: written });
  };
  return { write, save, faults: sent ? stillWrong(faults, sent, draft) : {}, refuse, isPending: making.isPending || changing.isPending };
}
