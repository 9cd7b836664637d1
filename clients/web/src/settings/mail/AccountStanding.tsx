import type { MailAccount } from "@sdk/scriba/v1/mail_pb.js";

import { TimeAgo } from "@/parts/TimeAgo";
import { useWords } from "@/words/words";

import style from "./mail.module.css";

/** How it stands with an account: when it was last looked at, or why it could not be reached. */
export function AccountStanding({ account: { disabled, error, errorTime, seenTime } }: { readonly account: MailAccount }) {
  const say = useWords();
  if (disabled) return <p className={style.standing}>{say("mail.standing.off")}</p>;
  if (error !== "") {
    return (
      <p className={style.failure}>
        {say("mail.standing.failed")} <TimeAgo time={errorTime} />: <span lang="en">{error}</span>
        {seenTime && (
          <small>
            {say("mail.standing.last")} <TimeAgo time={seenTime} />
          </small>
        )}
      </p>
    );
  }
  return (
    <p className={style.standing} data-good={seenTime !== undefined || undefined}>
      {seenTime ? (
        <>
          {say("mail.standing.seen")} <TimeAgo time={seenTime} />
        </>
      ) : (
        say("mail.standing.never")
      )}
    </p>
  );
}
