import type { MailAccount } from "@sdk/scriba/v1/mail_pb.js";

import { TimeAgo } from "@/parts/TimeAgo";
import { isSignedInElsewhere, nameOf, PROOFS } from "@/settings/mail/names";
import { useWords } from "@/words/words";

import style from "./mail.module.css";

/** How it stands with an account: when it was last looked at, or why it could not be reached. */
export function AccountStanding({ account }: { readonly account: MailAccount }) {
  const say = useWords();
  const { disabled, error, errorTime, seenTime, hasSecret, signInPath, proof } = account;
  const name = nameOf(PROOFS, proof, "password");
  if (signInPath !== "" && !hasSecret && isSignedInElsewhere(name)) {
    return (
      <p className={style.wanting}>
        {say("mail.standing.not_signed_in")} <a href={signInPath}>{say(`mail.sign_in.${name}`)}</a>
      </p>
    );
  }
  if (disabled) return <p className={style.standing}>{say("mail.standing.off")}</p>;
  if (error !== "") {
    return (
      <p className={style.failure}>
        {say("mail.standing.failed")} <TimeAgo time={errorTime} />: <span lang="en">{error}</span>
        {signInPath !== "" && isSignedInElsewhere(name) && (
          <>
            {" "}
            <a href={signInPath}>{say(`mail.sign_in.${name}`)}</a>
          </>
        )}
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
