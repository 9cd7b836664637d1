import type { MailAccount, MailRule } from "@sdk/scriba/v1/mail_pb.js";
import { Pencil, PlugZap, Plus, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Page } from "@/parts/Page";
import { Section } from "@/settings/Section";
import { AccountStanding } from "@/settings/mail/AccountStanding";
import { useMailbox, useMailExplanation } from "@/settings/mail/asking";
import { BackLink, useGo } from "@/settings/mail/going";
import { Ledger } from "@/settings/mail/ledger/Ledger";
import { HOME, type StateName } from "@/settings/mail/place";
import { RemovalDialog } from "@/settings/mail/RemovalDialog";
import { RuleList } from "@/settings/mail/rule/RuleList";
import { saidOfMail } from "@/settings/mail/said";
import { useAccountDeeds } from "@/settings/mail/useAccountDeeds";
import { useWords } from "@/words/words";

import style from "./mail.module.css";

interface AccountPageProps {
  readonly account: MailAccount;
  /** Its own, in their order. */
  readonly rules: readonly MailRule[];
  readonly state: StateName;
}

/** A mailbox: how it stands, its rules, and what became of its mails. */
export function AccountPage({ account, rules, state }: AccountPageProps) {
  const say = useWords();
  const go = useGo();
  const { id } = account;
  return (
    <Page title={account.name} actions={<Deeds account={account} />}>
      <BackLink to={HOME}>{say("mail.back")}</BackLink>
      <AccountStanding account={account} />
      <Section
        title={say("mail.rules")}
        about={say(rules.length === 0 ? "mail.rules.none" : "mail.rules.about")}
        actions={
          <Button icon={Plus} look={rules.length === 0 ? "main" : "plain"} onPress={() => go({ page: "new-rule", account: id })}>
            {say("mail.rule.new")}
          </Button>
        }
      >
        <RuleList accountId={id} rules={rules} />
      </Section>
      <MailboxSection account={account} />
      <Section title={say("mail.ledger")} about={say("mail.ledger.about")}>
        <Ledger accounts={[account]} rules={rules} account={id} state={state} onChoose={(_, next) => go({ page: "account", id, state: next }, true)} />
      </Section>
    </Page>
  );
}

function Deeds({ account }: { readonly account: MailAccount }) {
  const say = useWords();
  const go = useGo();
  const { turn, look, isPending } = useAccountDeeds();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <>
      <Switch isSelected={!account.disabled} isDisabled={isPending} onChange={(isOn) => void turn(account, isOn)}>
        {say("mail.enabled")}
      </Switch>
      <Button icon={RefreshCw} isDisabled={account.disabled || isPending} onPress={() => void look(account)}>
        {say("mail.account.look")}
      </Button>
      <Button icon={Pencil} onPress={() => go({ page: "edit-account", id: account.id })}>
        {say("mail.account.edit")}
      </Button>
      <Button icon={Trash2} onPress={() => setIsLeaving(true)}>
        {say("mail.account.remove")}
      </Button>
      {isLeaving && <RemovalDialog account={account} onClose={() => setIsLeaving(false)} onGone={() => go(HOME, true)} />}
    </>
  );
}

/** Whether the mailbox can be reached, and which folders are there; asked when somebody wants to know. */
function MailboxSection({ account }: { readonly account: MailAccount }) {
  const say = useWords();
  const explain = useMailExplanation();
  const { data, error, isFetching, refetch } = useMailbox(account.id, false);
  return (
    <Section
      title={say("mail.mailbox")}
      about={say("mail.mailbox.about")}
      actions={
        <Button icon={PlugZap} isDisabled={isFetching} onPress={() => void refetch()}>
          {say("mail.mailbox.test")}
        </Button>
      }
    >
      <div role="status">
        {isFetching && <p>{say("mail.mailbox.at_work")}</p>}
        {data && !error && !isFetching && (
          <>
            <p className={style.good}>{say("mail.mailbox.reached", { count: data.folders.length })}</p>
            <ul className={style.folders} aria-label={say("mail.mailbox.folders")}>
              {data.folders.map((folder) => (
                <li key={folder}>{folder}</li>
              ))}
            </ul>
            <ul className={style.notes} aria-label={say("mail.mailbox.notes")}>
              {data.notes.map((note) => (
                <li key={note}>{saidOfMail(note, say)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {error && !isFetching && (
        <p className={style.failure} role="alert" lang="en">
          {explain(error)}
        </p>
      )}
    </Section>
  );
}
