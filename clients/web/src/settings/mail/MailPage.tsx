import type { MailAccount, MailProof, MailRule } from "@sdk/scriba/v1/mail_pb.js";
import { useSearch } from "@tanstack/react-router";
import { Mails, Plus } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { Section } from "@/settings/Section";
import { AccountForm } from "@/settings/mail/AccountForm";
import { AccountList } from "@/settings/mail/AccountList";
import { AccountPage } from "@/settings/mail/AccountPage";
import { useAccounts, useRules } from "@/settings/mail/asking";
import { BackLink, useGo } from "@/settings/mail/going";
import { Ledger } from "@/settings/mail/ledger/Ledger";
import { HOME, type Place, placeIn } from "@/settings/mail/place";
import { draftOf, NEW_RULE } from "@/settings/mail/rule/draft";
import { RuleEditor } from "@/settings/mail/rule/RuleEditor";
import { useWords } from "@/words/words";

const MOST_NAME = 128;

interface RoomProps {
  readonly accounts: readonly MailAccount[];
  readonly providers: readonly MailProof[];
  readonly rules: readonly MailRule[];
}

/** Mailboxes from which documents come: all of them, or what is open. */
export function MailPage() {
  const say = useWords();
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const accounts = useAccounts();
  const rules = useRules();
  const error = accounts.error ?? rules.error;
  if (accounts.data && rules.data) return <Opened key={keyOf(placeIn(open))} place={placeIn(open)} accounts={accounts.data.accounts} providers={accounts.data.providers} rules={rules.data.rules} />;
  const again = () => void Promise.all([accounts.refetch(), rules.refetch()]);
  return <Page title={say("settings.mail")}>{error ? <Problem error={error} onRetry={again} /> : <Loading />}</Page>;
}

/** What is only narrowed to some mails stays the same page. */
function keyOf(place: Place): string {
  return "id" in place ? `${place.page}/${place.id}` : place.page;
}

function Opened({ place, accounts, providers, rules }: RoomProps & { readonly place: Place }) {
  const accountOf = (id: string) => accounts.find((account) => account.id === id);
  const ruleOf = (id: string) => rules.find((rule) => rule.id === id);
  switch (place.page) {
    case "all":
      return <AllAccounts place={place} accounts={accounts} rules={rules} />;
    case "new-account":
      return <AccountForm account={null} providers={providers} />;
    case "edit-account":
      return <Found what={accountOf(place.id)}>{(account) => <AccountForm account={account} providers={providers} />}</Found>;
    case "account":
      return <Found what={accountOf(place.id)}>{(account) => <AccountPage account={account} rules={rules.filter(({ accountId }) => accountId === account.id)} state={place.state} />}</Found>;
    case "new-rule":
      return <Found what={accountOf(place.account)}>{(account) => <RuleEditor account={account} rule={null} begun={NEW_RULE} />}</Found>;
    case "copy-rule":
      return <OpenedRule rule={ruleOf(place.id)} isCopy accountOf={accountOf} />;
    case "rule":
      return <OpenedRule rule={ruleOf(place.id)} isCopy={false} accountOf={accountOf} />;
  }
}

interface OpenedRuleProps {
  readonly rule: MailRule | undefined;
  readonly isCopy: boolean;
  readonly accountOf: (id: string) => MailAccount | undefined;
}

function OpenedRule({ rule, isCopy, accountOf }: OpenedRuleProps) {
  const say = useWords();
  return (
    <Found what={rule && accountOf(rule.accountId)}>
      {(account) => rule && <RuleEditor account={account} rule={isCopy ? null : rule} begun={isCopy ? { ...draftOf(rule), name: say("mail.rule.copy_of", { name: rule.name }).slice(0, MOST_NAME) } : draftOf(rule)} />}
    </Found>
  );
}

function Found<Thing>({ what, children }: { readonly what: Thing | undefined; readonly children: (thing: Thing) => ReactNode }) {
  const say = useWords();
  if (what !== undefined) return children(what);
  return (
    <Page title={say("settings.mail")}>
      <BackLink to={HOME}>{say("mail.back")}</BackLink>
      <p>{say("mail.gone")}</p>
    </Page>
  );
}

function AllAccounts({ place, accounts, rules }: Omit<RoomProps, "providers"> & { readonly place: Extract<Place, { page: "all" }> }) {
  const say = useWords();
  const go = useGo();
  const make = (
    <Button look="main" icon={Plus} onPress={() => go({ page: "new-account" })}>
      {say("mail.account.new")}
    </Button>
  );
  return (
    <Page title={say("settings.mail")} actions={accounts.length > 0 && make}>
      {accounts.length === 0 ? (
        <Empty icon={Mails} title={say("mail.none")}>
          <p>{say("mail.none.about")}</p>
          <p>{say("mail.none.safe")}</p>
          {make}
        </Empty>
      ) : (
        <>
          <p>{say("mail.about")}</p>
          <AccountList accounts={accounts} />
          <Section title={say("mail.ledger")} about={say("mail.ledger.about")}>
            <Ledger accounts={accounts} rules={rules} account={place.account} state={place.state} onChoose={(account, state) => go({ page: "all", account, state }, true)} />
          </Section>
        </>
      )}
    </Page>
  );
}
