import type { Field } from "@sdk/scriba/v1/catalog_pb.js";
import type { Workflow } from "@sdk/scriba/v1/workflows_pb.js";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";

import { Button } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Menu } from "@/parts/Menu";
import { Ordered } from "@/parts/Ordered";
import { movedTo } from "@/parts/ordering";
import { TextField } from "@/parts/TextField";
import { Section } from "@/settings/Section";
import { ActionCard } from "@/settings/workflows/ActionCard";
import { FaultList } from "@/settings/workflows/Card";
import { type ActionDraft, freshKey, newAction, newTrigger, newWorkflow, type TriggerDraft, type WorkflowDraft } from "@/settings/workflows/draft";
import { DryRun } from "@/settings/workflows/DryRun";
import { type Faults, homelessFaults } from "@/settings/workflows/faults";
import { ACTION_NAMES } from "@/settings/workflows/names";
import { draftOf } from "@/settings/workflows/reading";
import { TemplateHelp } from "@/settings/workflows/TemplateHelp";
import { TriggerCard } from "@/settings/workflows/TriggerCard";
import { useLeaving } from "@/settings/workflows/useLeaving";
import { useWorkflowSaving } from "@/settings/workflows/useWorkflowSaving";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface WorkflowEditorProps {
  /** Null for a new one. */
  readonly workflow: Workflow | null;
  readonly fields: readonly Field[];
  readonly onClose: () => void;
}

/** Where a workflow is made or changed, and tried before it is kept. */
export function WorkflowEditor({ workflow, fields, onClose }: WorkflowEditorProps) {
  const say = useWords();
  const { locale } = useIntl();
  const [begun] = useState(() => (workflow ? draftOf(workflow, fields, locale) : newWorkflow()));
  const [draft, setDraft] = useState(begun);
  const { question, letGo } = useLeaving(JSON.stringify(draft) !== JSON.stringify(begun));
  const close = () => {
    letGo();
    onClose();
  };
  const { write, save, faults, refuse, isPending } = useWorkflowSaving(workflow, draft, { fields, locale }, close);
  const change = (part: Partial<WorkflowDraft>) => setDraft({ ...draft, ...part });
  return (
    <div className={style.editor}>
      <TextField autoFocus={workflow === null} label={say("workflows.name")} value={draft.name} maxLength={128} onChange={(name) => change({ name })} error={faults["name"]} />
      <Occasions triggers={draft.triggers} faults={faults} onChange={(triggers) => change({ triggers })} />
      <Deeds actions={draft.actions} faults={faults} onChange={(actions) => change({ actions })} />
      <Section title={say("workflows.trial")} about={say("workflows.trial.about")}>
        <DryRun write={write} onRefused={refuse} />
      </Section>
      <FaultList faults={homelessFaults(faults)} />
      <footer className={style.foot}>
        <Switch isSelected={draft.enabled} onChange={(enabled) => change({ enabled })}>
          {say("workflows.enabled")}
        </Switch>
        <span role="alert">{Object.keys(faults).length > 0 && say("workflows.trial.faulty")}</span>
        <Button onPress={close}>{say("parts.cancel")}</Button>
        <Button look="main" isDisabled={isPending || draft.name.trim() === ""} onPress={save}>
          {say("parts.save")}
        </Button>
      </footer>
      {question}
    </div>
  );
}

interface OccasionsProps {
  readonly triggers: readonly TriggerDraft[];
  readonly faults: Faults;
  readonly onChange: (triggers: readonly TriggerDraft[]) => void;
}

function Occasions({ triggers, faults, onChange }: OccasionsProps) {
  const say = useWords();
  return (
    <Section title={say("workflows.triggers")} about={triggers.length > 1 ? say("workflows.triggers.about") : undefined}>
      <div className={style.cards}>
        {triggers.map((trigger, place) => (
          <TriggerCard
            key={trigger.key}
            trigger={trigger}
            place={place}
            faults={faults}
            onChange={(next) => onChange(triggers.map((other) => (other.key === next.key ? next : other)))}
            onRemove={() => onChange(triggers.filter(({ key }) => key !== trigger.key))}
          />
        ))}
      </div>
      <FaultList faults={[faults["triggers"]].filter((words) => words !== undefined)} />
      <div>
        <Button icon={Plus} look="quiet" onPress={() => onChange([...triggers, newTrigger(freshKey(triggers))])}>
          {say("workflows.trigger.add")}
        </Button>
      </div>
    </Section>
  );
}

interface DeedsProps {
  readonly actions: readonly ActionDraft[];
  readonly faults: Faults;
  readonly onChange: (actions: readonly ActionDraft[]) => void;
}

function Deeds({ actions, faults, onChange }: DeedsProps) {
  const say = useWords();
  const add = ACTION_NAMES.map((id) => ({ id, text: say(`workflows.action.${id}`), act: () => onChange([...actions, newAction(freshKey(actions), id)]) }));
  return (
    <Section title={say("workflows.actions")} about={actions.length === 0 ? say("workflows.actions.none") : say("workflows.actions.about")}>
      {actions.length > 0 && <TemplateHelp />}
      <Ordered
        isTall
        label={say("workflows.actions")}
        items={actions}
        keyOf={({ key }) => key}
        nameOf={(action) => say(`workflows.action.${action.case}`)}
        onMove={actions.length > 1 ? (from, to) => onChange(movedTo(actions, from, to)) : undefined}
      >
        {(action) => (
          <ActionCard
            action={action}
            faults={faults}
            onChange={(next) => onChange(actions.map((other) => (other.key === next.key ? next : other)))}
            onRemove={() => onChange(actions.filter(({ key }) => key !== action.key))}
          />
        )}
      </Ordered>
      <FaultList faults={[faults["actions"]].filter((words) => words !== undefined)} />
      <div>
        <Menu label={say("workflows.action.add")} actions={add}>
          <Button icon={Plus} look="quiet">
            {say("workflows.action.add")}
          </Button>
        </Menu>
      </div>
    </Section>
  );
}
