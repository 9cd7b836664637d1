import { Link } from "@tanstack/react-router";
import type { TryExtractionResponse_Outcome as Outcome } from "@sdk/scriba/v1/assignments_pb.js";

import { Meter } from "@/parts/Meter";
import type { Trial } from "@/settings/catalog/trial";
import { useWords } from "@/words/words";

import style from "./fields.module.css";

const MOST_SHOWN = 30;

/** What an extraction finds in the documents that are there, and where it finds nothing though they have a value. */
export function ExtractionTrial({ trial: { done, total, outcomes }, isAtWork }: { readonly trial: Trial<Outcome>; readonly isAtWork: boolean }) {
  const say = useWords();
  if (total === 0) return null;
  const found = outcomes.filter(({ value }) => value !== "").length;
  return (
    <section className={style.trial} aria-label={say("fields.trial")}>
      {isAtWork && <Meter label={say("labels.trial.progress", { done, total })} done={done} total={total} />}
      <p role="status">{say("fields.trial.found", { count: found, total: done })}</p>
      <ul className={style.outcomes}>
        {outcomes.slice(0, MOST_SHOWN).map((outcome) => (
          <Found key={outcome.documentId} outcome={outcome} />
        ))}
        {outcomes.length > MOST_SHOWN && <li>{say("labels.trial.more", { count: outcomes.length - MOST_SHOWN })}</li>}
      </ul>
    </section>
  );
}

function Found({ outcome: { documentId, title, value, reason, present, notice } }: { readonly outcome: Outcome }) {
  const say = useWords();
  const facts = [notice || reason, present === "" || present === value ? "" : say("labels.trial.present", { name: present })];
  return (
    <li>
      <span className={style.found}>
        <strong>{value || say("fields.trial.nothing")}</strong>
        <Link to="/documents/$documentId" params={{ documentId }} target="_blank">
          {title}
        </Link>
      </span>
      <small>{facts.filter(Boolean).join(" · ")}</small>
    </li>
  );
}
