import { useMutation } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Workflow, WorkflowService } from "@sdk/scriba/v1/workflows_pb.js";
import { Trash2 } from "lucide-react";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { useFormats } from "@/formats/formats";
import { Button, IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { Ordered } from "@/parts/Ordered";
import { useExplanation } from "@/parts/states";
import { lossOf } from "@/settings/workflows/making";
import { nameOfTrigger } from "@/settings/workflows/names";
import { useOrder } from "@/settings/workflows/useOrder";
import { useRemoval } from "@/settings/workflows/useRemoval";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

/** All workflows in the order in which they run. */
export function WorkflowList({ workflows }: { readonly workflows: readonly Workflow[] }) {
  const say = useWords();
  const { administer } = useMay();
  const move = useOrder(workflows);
  const remove = useRemoval(workflows);
  const [leaving, setLeaving] = useState<Workflow | null>(null);
  return (
    <div className={style.list}>
      <Ordered label={say("settings.workflows")} items={workflows} keyOf={({ id }) => id} nameOf={({ name }) => name} onMove={administer && workflows.length > 1 ? move : undefined}>
        {(workflow) => <Entry workflow={workflow} onRemove={() => (lossOf(workflow) ? setLeaving(workflow) : void remove(workflow))} />}
      </Ordered>
      {leaving && (
        <RemovalDialog
          workflow={leaving}
          onClose={() => setLeaving(null)}
          onGo={() => {
            setLeaving(null);
            void remove(leaving);
          }}
        />
      )}
    </div>
  );
}

function Entry({ workflow, onRemove }: { readonly workflow: Workflow; readonly onRemove: () => void }) {
  const say = useWords();
  const { moment } = useFormats();
  const { administer } = useMay();
  const { id, name, triggers, actions, error, errorTime, enabled } = workflow;
  const whens = [...new Set(triggers.map(({ kind }) => say(`workflows.trigger.${nameOfTrigger(kind)}`)))];
  const deeds = [...new Set(actions.flatMap(({ action }) => (action.case ? [say(`workflows.action.${action.case}`)] : [])))];
  return (
    <div className={style.entry}>
      <span className={style.what}>
        <Link to="/settings/$subject" params={{ subject: "workflows" }} search={{ open: id }}>
          {name}
        </Link>
        <small>
          {whens.join(" · ")} → {deeds.join(" · ")}
        </small>
      </span>
      <span className={style.switches}>
        {administer ? <EnabledSwitch id={id} name={name} enabled={enabled} /> : !enabled && <span>{say("workflows.off", { name })}</span>}
        {administer && <IconButton icon={Trash2} label={say("parts.remove", { what: name })} onPress={onRemove} />}
      </span>
      {error !== "" && (
        <p className={style.failure}>
          {say("workflows.failed", { when: moment(errorTime) })} <span lang="en">{error}</span>
        </p>
      )}
    </div>
  );
}

function EnabledSwitch({ id, name, enabled }: Pick<Workflow, "id" | "name" | "enabled">) {
  const say = useWords();
  const explain = useExplanation();
  const client = useQueryClient();
  const { mutateAsync, isPending, variables } = useMutation(WorkflowService.method.updateWorkflow);
  const turn = async (isOn: boolean, isUndo = false) => {
    try {
      await mutateAsync({ workflow: { id, enabled: isOn }, updateMask: { paths: ["enabled"] } });
      notify(say(isOn ? "workflows.on" : "workflows.off", { name }), isUndo ? undefined : () => void turn(!isOn, true));
    } catch (error) {
      notifyWrong(explain(error));
    }
    await client.invalidateQueries();
  };
  return <Switch aria-label={`${name}: ${say("workflows.enabled")}`} isSelected={isPending ? (variables.workflow?.enabled ?? enabled) : enabled} onChange={(isOn) => void turn(isOn)} />;
}

interface RemovalDialogProps {
  readonly workflow: Workflow;
  readonly onClose: () => void;
  readonly onGo: () => void;
}

/** Asks only where something is lost for ever. */
function RemovalDialog({ workflow, onClose, onGo }: RemovalDialogProps) {
  const say = useWords();
  return (
    <Dialog
      title={say("workflows.remove.title", { name: workflow.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" icon={Trash2} onPress={onGo}>
            {say("workflows.remove")}
          </Button>
        </>
      }
    >
      <p>{say(lossOf(workflow) === "secrets" ? "workflows.remove.secrets" : "workflows.remove.schedule")}</p>
      <p>{say("workflows.remove.stays")}</p>
      <p>{say("workflows.for_ever")}</p>
    </Dialog>
  );
}
