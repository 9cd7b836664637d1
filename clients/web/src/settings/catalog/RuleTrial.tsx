import { Link } from "@tanstack/react-router";
import type { TryRuleResponse_Outcome } from "@sdk/scriba/v1/assignments_pb.js";

import { Meter } from "@/parts/Meter";
import { useExplanation } from "@/parts/states";
import type { Trying } from "@/settings/catalog/useTrial";
import { useWords } from "@/words/words";

import style from "./catalog.module.css";

const MOST_SHOWN = 30;

/** What a rule would do, as it is typed: the documents that it fits and why, and those that bear the label without it. */
export function RuleTrial({ trying: { trial, error, isAtWork } }: { readonly trying: Trying<TryRuleResponse_Outcome> }) {
  const say = useWords();
  const explain = useExplanation();
  if (error !== null) {
    return (
      <p className={style.wrong} role="alert" lang="en">
        {explain(error)}
      </p>
    );
  }
  if (trial.total === 0) return null;
  const fitting = trial.outcomes.filter(({ fits }) => fits);
  const missed = trial.outcomes.filter(({ fits, bears }) => bears && !fits);
  return (
    <section className={style.trial} aria-label={say("labels.trial")}>
      {isAtWork && <Meter label={say("labels.trial.progress", { done: trial.done, total: trial.total })} done={trial.done} total={trial.total} />}
      <p role="status">{say("labels.trial.fits", { count: fitting.length, total: trial.done })}</p>
      <OutcomeList outcomes={fitting} />
      {missed.length > 0 && (
        <>
          <p>{say("labels.trial.missed", { count: missed.length })}</p>
          <OutcomeList outcomes={missed} />
        </>
      )}
    </section>
  );
}

function OutcomeList({ outcomes }: { readonly outcomes: readonly TryRuleResponse_Outcome[] }) {
  const say = useWords();
  return (
    <ul className={style.outcomes}>
      {outcomes.slice(0, MOST_SHOWN).map(({ documentId, title, reason, words, bears, fits, present, notice }) => (
        <li key={documentId}>
          <Link to="/documents/$documentId" params={{ documentId }} target="_blank">
            {title}
          </Link>
          {words.length > 0 && (
            <span className={style.words}>
              {words.map((word) => (
                <mark key={word}>{word}</mark>
              ))}
            </span>
          )}
          <small>
            {notice || reason}
            {fits && bears && ` · ${say("labels.trial.bears")}`}
            {fits && !bears && present !== "" && ` · ${say("labels.trial.present", { name: present })}`}
          </small>
        </li>
      ))}
      {outcomes.length > MOST_SHOWN && <li>{say("labels.trial.more", { count: outcomes.length - MOST_SHOWN })}</li>}
    </ul>
  );
}
