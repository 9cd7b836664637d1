import { useState, type SubmitEvent } from "react";
import type { MailAccount, MailProof } from "@sdk/scriba/v1/mail_pb.js";

import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Page } from "@/parts/Page";
import { PasswordField } from "@/parts/PasswordField";
import { Radios } from "@/parts/Radios";
import { TextField } from "@/parts/TextField";
import forms from "@/settings/forms.module.css";
import { type AccountDraft, draftOf, mistakesIn, needsSecret, NEW_ACCOUNT, USUAL_PORTS, withUser } from "@/settings/mail/accountDraft";
import { BackLink, useGo } from "@/settings/mail/going";
import { isSignedInElsewhere, namesOf, type ProofName, PROOFS, SECURITIES, type SecurityName } from "@/settings/mail/names";
import { HOME, type Place } from "@/settings/mail/place";
import { ProviderNote } from "@/settings/mail/ProviderNote";
import { type AccountFaults, useAccountSaving } from "@/settings/mail/useAccountSaving";
import { useLeaving } from "@/settings/workflows/useLeaving";
import { useWords } from "@/words/words";

import style from "./mail.module.css";

interface AccountFormProps {
  /** Null for a new one. */
  readonly account: MailAccount | null;
  /** Where one can sign in. */
  readonly providers: readonly MailProof[];
}

/** Where a mailbox is, and how the archive shows there who it is. */
export function AccountForm({ account, providers }: AccountFormProps) {
  const say = useWords();
  const go = useGo();
  const [kept] = useState(() => (account ? draftOf(account) : null));
  const [draft, setDraft] = useState(kept ?? NEW_ACCOUNT);
  const { question, letGo } = useLeaving(JSON.stringify(draft) !== JSON.stringify(kept ?? NEW_ACCOUNT));
  const back: Place = account ? { page: "account", id: account.id, state: "all" } : HOME;
  const leave = (place: Place) => {
    letGo();
    go(place, true);
  };
  const { save, faults, isPending } = useAccountSaving(account, kept, draft, (id) => leave({ page: "account", id, state: "all" }));
  const offered = namesOf(PROOFS).filter((proof) => !isSignedInElsewhere(proof) || proof === kept?.proof || providers.includes(PROOFS[proof]));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save();
  };
  return (
    <Page title={account ? say("mail.account.edit_named", { name: account.name }) : say("mail.account.new")} width="text">
      <BackLink to={back}>{account?.name ?? say("mail.back")}</BackLink>
      <form className={forms.form} onSubmit={submit} noValidate>
        <AccountBoxes draft={draft} kept={kept} offered={offered} faults={faults} onChange={(part) => setDraft({ ...draft, ...part })} />
        {faults.other && (
          <p className={forms.wrong} role="alert">
            {faults.other}
          </p>
        )}
        <div className={style.buttons}>
          <Button onPress={() => leave(back)}>{say("parts.cancel")}</Button>
          <Button type="submit" look="main" isDisabled={isPending || draft.user.trim() === "" || draft.host.trim() === ""}>
            {say(account ? "parts.save" : "mail.account.make")}
          </Button>
        </div>
      </form>
      {question}
    </Page>
  );
}

interface AccountBoxesProps {
  readonly draft: AccountDraft;
  readonly kept: AccountDraft | null;
  readonly offered: readonly ProofName[];
  readonly faults: AccountFaults;
  readonly onChange: (part: Partial<AccountDraft>) => void;
}

function AccountBoxes({ draft, kept, offered, faults, onChange }: AccountBoxesProps) {
  const say = useWords();
  const { user, host, port, security, proof, name } = draft;
  const isBadPort = mistakesIn(draft, kept).port !== undefined;
  return (
    <>
      <div className={style.address}>
        <TextField autoFocus={kept === null} label={say("mail.user")} hint={say("mail.user.hint")} inputMode="email" autoComplete="off" isVerbatim maxLength={320} value={user} onChange={(next) => onChange(withUser(draft, next, offered))} error={faults.user} />
        <ProviderNote user={user} host={host} proof={proof} />
      </div>
      <TextField label={say("mail.host")} hint={say("mail.host.hint")} inputMode="url" isVerbatim maxLength={253} value={host} onChange={(next) => onChange({ host: next })} error={faults.host} />
      <Choice<SecurityName>
        label={say("mail.security")}
        value={security}
        options={namesOf(SECURITIES).map((value) => ({ value, text: say(`mail.security.${value}`) }))}
        onChange={(next) => onChange({ security: next })}
        error={faults.security}
      />
      <TextField
        label={say("mail.port")}
        hint={say("mail.port.hint", { port: String(USUAL_PORTS[security]) })}
        inputMode="numeric"
        value={port}
        onChange={(next) => onChange({ port: next })}
        error={isBadPort ? say("mail.port.wrong") : faults.port}
      />
      <Radios<ProofName>
        label={say("mail.proof")}
        value={proof}
        options={offered.map((value) => ({ value, text: say(`mail.proof.${value}`), about: say(`mail.proof.${value}.about`) }))}
        onChange={(next) => onChange({ proof: next })}
      />
      <SecretBox draft={draft} kept={kept} error={faults.secret} onChange={onChange} />
      <TextField label={say("mail.name")} hint={say("mail.name.hint")} maxLength={128} value={name} onChange={(next) => onChange({ name: next })} error={faults.name} />
    </>
  );
}

interface SecretBoxProps {
  readonly draft: AccountDraft;
  readonly kept: AccountDraft | null;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<AccountDraft>) => void;
}

/** Written once, and never shown: what is kept can be replaced alone. */
function SecretBox({ draft, kept, error, onChange }: SecretBoxProps) {
  const say = useWords();
  if (isSignedInElsewhere(draft.proof)) return <p className={forms.faded}>{say(kept?.proof === draft.proof && !needsSecret(draft, kept) ? "mail.sign_in.stays" : "mail.sign_in.later")}</p>;
  const isKept = kept !== null && kept.secret === undefined;
  const mustReplace = isKept && needsSecret(draft, kept);
  if (draft.secret === undefined && !mustReplace) {
    return (
      <div className={forms.row}>
        <span>{say(`mail.secret.kept.${draft.proof}`)}</span>
        <Button look="quiet" onPress={() => onChange({ secret: "" })}>
          {say("mail.secret.replace")}
        </Button>
      </div>
    );
  }
  return (
    <>
      <PasswordField
        label={say(`mail.secret.${draft.proof}`)}
        autoComplete="new-password"
        hint={mustReplace ? say("mail.secret.anew") : say("mail.secret.hint")}
        value={draft.secret ?? ""}
        onChange={(secret) => onChange({ secret })}
        error={error}
      />
      {isKept && !mustReplace && (
        <Button look="quiet" onPress={() => onChange({ secret: undefined })}>
          {say("mail.secret.leave")}
        </Button>
      )}
    </>
  );
}
