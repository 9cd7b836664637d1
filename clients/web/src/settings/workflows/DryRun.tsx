import { useMutation, useQuery } from "@connectrpc/connect-query";
import { type Document, DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { type DryRunWorkflowsResponse, TriggerKind, type Workflow, WorkflowService } from "@sdk/scriba/v1/workflows_pb.js";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { FlaskConical } from "lucide-react";
import { useState } from "react";

import { DocumentBox } from "@/document/panels/facts/DocumentBox";
import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { useExplanation } from "@/parts/states";
import { Changes } from "@/settings/workflows/Changes";
import { Trace } from "@/settings/workflows/Trace";
import { type TriggerName, TRIGGERS } from "@/settings/workflows/names";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface DryRunProps {
  /** Makes what is tried, all that are switched on where it is not given; null while it cannot be sent. */
  readonly write?: (() => Workflow | null) | undefined;
  /** Told what the server finds wrong with what was to be tried. */
  readonly onRefused?: (violations: Readonly<Record<string, string>>) => void;
}

type When = TriggerName | "all";

/** Tries workflows on one document, which stands in the address; nothing is done. */
export function DryRun({ write, onRefused }: DryRunProps) {
  const say = useWords();
  const explain = useExplanation();
  const navigate = useNavigate();
  const { document: id = "" } = useSearch({ from: "/inside/settings/$subject" });
  const [when, setWhen] = useState<When>("all");
  const document = useQuery(DocumentService.method.getDocument, { id }, { enabled: id !== "" }).data?.document;
  const trying = useMutation(WorkflowService.method.dryRunWorkflows, { onError: (error) => onRefused?.(refusalOf(error).violations) });
  const choose = (next: string) => {
    trying.reset();
    void navigate({ to: ".", search: ({ open }) => ({ open, ...(next !== "" && { document: next }) }), replace: true, resetScroll: false });
  };
  const run = () => {
    const workflow = write?.();
    if (workflow === null) return;
    const what = workflow ? ({ case: "workflow", value: workflow } as const) : ({ case: undefined } as const);
    trying.mutate({ documentId: id, what, trigger: when === "all" ? TriggerKind.UNSPECIFIED : TRIGGERS[when] });
  };
  const isFaulty = trying.error !== null && Object.keys(refusalOf(trying.error).violations).length > 0;
  return (
    <div className={style.trial}>
      <div className={style.chosen}>
        <ChosenDocument id={id} document={document} onChoose={choose} />
        <WhenChoice when={when} onChange={setWhen} />
        <Button icon={FlaskConical} isDisabled={id === "" || trying.isPending} onPress={run}>
          {say("workflows.trial.go")}
        </Button>
      </div>
      <div role="status">{trying.isPending && say("workflows.trial.at_work")}</div>
      {trying.error && (
        <p className={style.wrong} role="alert">
          {isFaulty && write ? say("workflows.trial.faulty") : explain(trying.error)}
        </p>
      )}
      {trying.data && document && <Outcome document={document} answer={trying.data} />}
    </div>
  );
}

interface ChosenDocumentProps {
  /** "" where none is chosen. */
  readonly id: string;
  /** Undefined while it is asked for, and where it is not there. */
  readonly document: Document | undefined;
  readonly onChoose: (id: string) => void;
}

function ChosenDocument({ id, document, onChoose }: ChosenDocumentProps) {
  const say = useWords();
  if (id === "") return <DocumentBox label={say("workflows.trial.document")} without={[]} onTake={onChoose} />;
  return (
    <div className={style.line}>
      <span className={style.document}>
        <span className={style.hint}>{say("workflows.trial.document")}</span>
        <Link to="/documents/$documentId" params={{ documentId: id }} target="_blank">
          {document?.title ?? id}
        </Link>
      </span>
      <Button look="quiet" onPress={() => onChoose("")}>
        {say("workflows.trial.other")}
      </Button>
    </div>
  );
}

function WhenChoice({ when, onChange }: { readonly when: When; readonly onChange: (when: When) => void }) {
  const say = useWords();
  const names = Object.keys(TRIGGERS) as TriggerName[];
  return (
    <Choice<When>
      label={say("workflows.trial.trigger")}
      value={when}
      options={[{ value: "all", text: say("workflows.trial.trigger.all") }, ...names.map((value) => ({ value, text: say(`workflows.trigger.${value}`) }))]}
      onChange={onChange}
    />
  );
}

function Outcome({ document, answer: { traces, document: after, trashed } }: { readonly document: Document; readonly answer: DryRunWorkflowsResponse }) {
  const say = useWords();
  return (
    <>
      {traces.length === 0 && <p>{say("workflows.trial.none")}</p>}
      {traces.map((trace) => (
        <Trace key={trace.workflowId} trace={trace} />
      ))}
      {after && <Changes before={document} after={after} trashed={trashed} />}
    </>
  );
}
