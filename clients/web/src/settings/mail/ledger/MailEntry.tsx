import { useMutation } from "@connectrpc/connect-query";
import { type Mail, type MailAccount, type MailRule, MailService, MailState } from "@sdk/scriba/v1/mail_pb.js";
import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";

import { useFormats } from "@/formats/formats";
import { Button, IconButton } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { notify, notifyWrong } from "@/parts/notices";
import { TimeAgo } from "@/parts/TimeAgo";
import { useMailExplanation, useRefreshedMail } from "@/settings/mail/asking";
import { PlaceLink } from "@/settings/mail/going";
import { nameOf, STATES_ASKED } from "@/settings/mail/names";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

const LOOKS = { failed: "wrong", waiting: "warn", taken: "warn", done: "good", all: "plain" } as const;

interface MailEntryProps {
  readonly mail: Mail;
  /** Named where mails of several stand below each other. */
  readonly account: MailAccount | undefined;
  /** Undefined since it is gone. */
  readonly rule: MailRule | undefined;
}

/** A mail: what it is, what became of it and why, its documents, and the way to have it looked at again. */
export function MailEntry({ mail, account, rule }: MailEntryProps) {
  const say = useWords();
  const { moment } = useFormats();
  const state = nameOf(STATES_ASKED, mail.state, "all");
  const { from, subject, sentTime, updateTime, folder, error, tries, nextTime } = mail;
  return (
    <li className={style.mail}>
      <span className={style.subject}>{subject || say("mail.no_subject")}</span>
      <span className={style.chip}>
        <Chip text={say(`mail.state.${state}`)} look={LOOKS[state]} />
      </span>
      <small className={style.facts}>{[from, sentTime && moment(sentTime), account?.name, folder].filter(Boolean).join(" · ")}</small>
      <small className={style.facts}>
        {rule ? (
          <PlaceLink to={{ page: "rule", id: rule.id }}>{say("mail.by_rule", { name: rule.name })}</PlaceLink>
        ) : (
          say("mail.by_no_rule")
        )}
        {" · "}
        <TimeAgo time={updateTime} />
        <Documents mail={mail} />
      </small>
      {error !== "" && (
        <p className={style.failure}>
          <span lang="en">{error}</span>
          <small>
            {say("mail.tried", { count: tries })}
            {nextTime && (
              <>
                {" · "}
                {say("mail.tried_again")} <TimeAgo time={nextTime} />
              </>
            )}
          </small>
        </p>
      )}
      <span className={style.again}>
        <RetryButton mail={mail} />
      </span>
    </li>
  );
}

/** Whose names begin with what is seen of them, and go on with the mail: there may be many below each other. */
function Documents({ mail: { documentIds, subject } }: { readonly mail: Mail }) {
  const say = useWords();
  return documentIds.map((id, place) => {
    const text = documentIds.length === 1 ? say("mail.document") : say("mail.document_number", { number: place + 1 });
    return (
      <span key={id}>
        {" · "}
        <Link to="/documents/$documentId" params={{ documentId: id }} aria-label={`${text}: ${subject || say("mail.no_subject")}`}>
          {text}
        </Link>
      </span>
    );
  });
}

function RetryButton({ mail: { id, state, subject } }: { readonly mail: Mail }) {
  const say = useWords();
  const explain = useMailExplanation();
  const refresh = useRefreshedMail();
  const { mutate, isPending } = useMutation(MailService.method.retryMail, {
    onSuccess: () => notify(say("mail.retried")),
    onError: (error) => notifyWrong(explain(error)),
    onSettled: refresh,
  });
  const called = subject || say("mail.no_subject");
  if (state !== MailState.FAILED) return <IconButton icon={RotateCw} label={say("mail.retry_named", { subject: called })} isDisabled={isPending} onPress={() => mutate({ id })} />;
  return (
    <Button icon={RotateCw} aria-label={`${say("parts.retry")}: ${called}`} isDisabled={isPending} onPress={() => mutate({ id })}>
      {say("parts.retry")}
    </Button>
  );
}
