import { type ActionStep, type FilterCheck, StepOutcome, type TriggerTrace, type WorkflowTrace } from "@sdk/scriba/v1/workflows_pb.js";
import { Check, CircleAlert, Minus, X, type LucideIcon } from "lucide-react";

import { Chip } from "@/parts/Chip";
import { nameOfOutcome, nameOfTrigger, type OutcomeName } from "@/settings/workflows/names";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

/** What one workflow would do, and why: each filter's yes or no, and each step. */
export function Trace({ trace: { name, matched, passedOver, triggers, steps } }: { readonly trace: WorkflowTrace }) {
  const say = useWords();
  const title = name || say("workflows.new");
  return (
    <section className={style.trace} aria-label={title}>
      <header className={style.traceHead}>
        <h3>{title}</h3>
        <Chip text={say(matched ? "workflows.trial.matched" : "workflows.trial.not_matched")} look={matched ? "good" : "plain"} />
      </header>
      {passedOver !== "" && (
        <p className={style.hint} lang="en">
          {passedOver}
        </p>
      )}
      {triggers.map((trigger, place) => (
        <TriggerChecks key={`${String(place)}/${nameOfTrigger(trigger.kind)}`} trigger={trigger} />
      ))}
      {matched && (steps.length === 0 ? <p>{say("workflows.trial.no_steps")}</p> : <StepList steps={steps} />)}
    </section>
  );
}

function TriggerChecks({ trigger: { kind, checks } }: { readonly trigger: TriggerTrace }) {
  const say = useWords();
  return (
    <div>
      <h4 className={style.sub}>{say(`workflows.trigger.${nameOfTrigger(kind)}`)}</h4>
      {checks.length === 0 && <p className={style.hint}>{say("workflows.trial.no_filters")}</p>}
      <ul className={style.checks}>
        {checks.map((check) => (
          <CheckLine key={check.filter} check={check} />
        ))}
      </ul>
    </div>
  );
}

function CheckLine({ check: { filter, passed, reason } }: { readonly check: FilterCheck }) {
  const say = useWords();
  const Icon = passed ? Check : X;
  return (
    <li>
      <Icon size={18} aria-hidden data-good={passed || undefined} data-bad={!passed || undefined} />
      <span>
        <span lang="en">{filter}</span> {say(passed ? "workflows.trial.passed" : "workflows.trial.failed")}
        <small lang="en">{reason}</small>
      </span>
    </li>
  );
}

const ICONS: Readonly<Record<OutcomeName, LucideIcon>> = { done: Check, unchanged: Minus, held: Minus, failed: CircleAlert };

function StepList({ steps }: { readonly steps: readonly ActionStep[] }) {
  const say = useWords();
  return (
    <div>
      <h4 className={style.sub}>{say("workflows.actions")}</h4>
      <ul className={style.checks}>
        {steps.map(({ outcome, words }, place) => {
          const name = nameOfOutcome(outcome);
          const Icon = ICONS[name];
          return (
            <li key={`${String(place)} ${words}`}>
              <Icon size={18} aria-hidden data-good={outcome === StepOutcome.DONE || undefined} data-bad={outcome === StepOutcome.FAILED || undefined} data-quiet={name === "unchanged" || name === "held" || undefined} />
              <span>
                <span lang="en">{words}</span>
                {outcome !== StepOutcome.DONE && <small>{say(`workflows.outcome.${name}`)}</small>}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
