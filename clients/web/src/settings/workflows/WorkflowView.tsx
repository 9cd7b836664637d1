import type { Field } from "@sdk/scriba/v1/catalog_pb.js";
import { type Workflow, WorkflowSchema } from "@sdk/scriba/v1/workflows_pb.js";
import { create } from "@bufbuild/protobuf";
import { useIntl } from "react-intl";

import { Section } from "@/settings/Section";
import { DryRun } from "@/settings/workflows/DryRun";
import { type Fact, factsOfAction, factsOfTrigger, type Reader } from "@/settings/workflows/facts";
import { nameOfTrigger } from "@/settings/workflows/names";
import { useWords } from "@/words/words";

import forms from "../forms.module.css";
import style from "./workflows.module.css";

interface WorkflowViewProps {
  readonly workflow: Workflow;
  readonly fields: readonly Field[];
}

/** A workflow for who may try it and not change it. */
export function WorkflowView({ workflow, fields }: WorkflowViewProps) {
  const say = useWords();
  const { locale } = useIntl();
  const reader: Reader = { say, locale, fields };
  return (
    <div className={style.editor}>
      <Section title={say("workflows.triggers")} about={workflow.triggers.length > 1 ? say("workflows.triggers.about") : undefined}>
        {workflow.triggers.map((trigger, place) => (
          <Told key={place} title={say(`workflows.trigger.${nameOfTrigger(trigger.kind)}`)} facts={factsOfTrigger(trigger, reader)} />
        ))}
      </Section>
      <Section title={say("workflows.actions")}>
        {workflow.actions.map((action, place) => action.action.case && <Told key={place} title={say(`workflows.action.${action.action.case}`)} facts={factsOfAction(action, reader)} />)}
      </Section>
      <Section title={say("workflows.trial")} about={say("workflows.trial.about")}>
        <DryRun write={() => create(WorkflowSchema, workflow)} />
      </Section>
    </div>
  );
}

function Told({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <dl className={forms.facts}>
        {facts.map(({ name, text }) => (
          <FactLine key={name} name={name} text={text} />
        ))}
      </dl>
    </div>
  );
}

function FactLine({ name, text }: Fact) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}
