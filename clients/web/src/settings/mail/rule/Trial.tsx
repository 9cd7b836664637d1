import { useMutation } from "@connectrpc/connect-query";
import { type MailRule, MailService, type TriedMail } from "@sdk/scriba/v1/mail_pb.js";
import { Check, FileText, FlaskConical, X } from "lucide-react";
import { useState } from "react";

import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { useMailExplanation } from "@/settings/mail/asking";
import type { RuleDraft } from "@/settings/mail/rule/draft";
import { deedOf } from "@/settings/mail/rule/summary";
import { saidOfMail } from "@/settings/mail/said";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

interface TrialProps {
  /** Makes what is tried; null while it cannot be sent. */
  readonly write: () => MailRule | null;
  readonly draft: RuleDraft;
  /** Told what the server finds wrong with what was to be tried. */
  readonly onRefused: (violations: Readonly<Record<string, string>>) => void;
}

/** Tries the rule as it stands in the form on the newest mails of its folder; nothing is done. */
export function Trial({ write, draft, onRefused }: TrialProps) {
  const say = useWords();
  const explain = useMailExplanation();
  const [tried, setTried] = useState(draft);
  const trying = useMutation(MailService.method.tryMailRule, { onError: (error) => onRefused(refusalOf(error).violations) });
  const run = () => {
    const rule = write();
    // One that has no name yet can be tried all the same.
    if (rule) trying.mutate({ rule: { ...rule, name: rule.name || say("mail.rule.new") } });
    setTried(draft);
  };
  const isFaulty = trying.error !== null && Object.keys(refusalOf(trying.error).violations).length > 0;
  return (
    <div className={style.trial}>
      <div className={style.buttons}>
        <Button icon={FlaskConical} isDisabled={trying.isPending} onPress={run}>
          {say("mail.trial.go")}
        </Button>
      </div>
      <div role="status">
        {trying.isPending && say("mail.trial.at_work")}
        {trying.data && <Summary mails={trying.data.mails} isStale={tried !== draft} />}
      </div>
      {trying.error && (
        <p className={style.failure} role="alert" lang={isFaulty ? undefined : "en"}>
          {isFaulty ? say("mail.faulty") : explain(trying.error)}
        </p>
      )}
      {trying.data && trying.data.mails.length > 0 && (
        <ul className={style.mails} aria-label={say("mail.trial.mails")}>
          {trying.data.mails.map((mail, place) => (
            <TriedEntry key={`${String(place)} ${mail.subject}`} mail={mail} deed={deedOf(tried, say)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Summary({ mails, isStale }: { readonly mails: readonly TriedMail[]; readonly isStale: boolean }) {
  const say = useWords();
  return (
    <>
      {mails.length === 0 ? say("mail.trial.none") : say("mail.trial.counted", { meant: mails.filter(({ matched }) => matched).length, count: mails.length })}
      {isStale && ` ${say("mail.trial.stale")}`}
    </>
  );
}

function TriedEntry({ mail, deed }: { readonly mail: TriedMail; readonly deed: string }) {
  const say = useWords();
  const { moment } = useFormats();
  const { from, subject, sentTime, matched, known, checks, documents, error } = mail;
  const standing = known ? "known" : matched ? "meant" : "not_meant";
  return (
    <li className={style.mail}>
      <span className={style.subject}>{subject || say("mail.no_subject")}</span>
      <span className={style.chip}>
        <Chip text={say(`mail.trial.${standing}`)} look={standing === "meant" ? "good" : "plain"} />
      </span>
      <small className={style.facts}>{[from, sentTime && moment(sentTime)].filter(Boolean).join(" · ")}</small>
      {matched && !known && <Outcome documents={documents} deed={deed} />}
      {error !== "" && (
        <p className={style.failure} lang="en">
          {error}
        </p>
      )}
      {checks.length > 0 && (
        <details className={style.why} open={!matched}>
          <summary>{say("mail.trial.why")}</summary>
          <ul className={style.checks}>
            {checks.map(({ passed, reason }) => (
              <li key={reason}>
                {passed ? <Check size={18} aria-label={say("mail.trial.passed")} data-good /> : <X size={18} aria-label={say("mail.trial.failed")} data-bad />}
                <span>{saidOfMail(reason, say)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Outcome({ documents, deed }: { readonly documents: TriedMail["documents"]; readonly deed: string }) {
  const say = useWords();
  return (
    <ul className={style.outcome}>
      {documents.length === 0 && <li>{say("mail.trial.nothing_wanted")}</li>}
      {documents.map(({ title, filename, correspondent }) => (
        <li key={filename}>
          <FileText size={16} aria-hidden />
          <span>
            <strong>{title || filename}</strong> <small>{[title === "" ? "" : filename, correspondent].filter(Boolean).join(" · ")}</small>
          </span>
        </li>
      ))}
      {documents.length > 0 && <li>{say("mail.trial.then", { deed })}</li>}
    </ul>
  );
}
