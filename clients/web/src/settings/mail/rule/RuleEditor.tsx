import type { MailAccount, MailRule } from "@sdk/scriba/v1/mail_pb.js";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Page } from "@/parts/Page";
import { TextField } from "@/parts/TextField";
import { BackLink, useGo } from "@/settings/mail/going";
import { ActionBoxes } from "@/settings/mail/rule/ActionBoxes";
import type { RuleDraft, RulePartProps } from "@/settings/mail/rule/draft";
import { FilterBoxes } from "@/settings/mail/rule/FilterBoxes";
import { GivenBoxes } from "@/settings/mail/rule/GivenBoxes";
import { TakenBoxes } from "@/settings/mail/rule/TakenBoxes";
import { Trial } from "@/settings/mail/rule/Trial";
import { useRuleSaving } from "@/settings/mail/rule/useRuleSaving";
import { Section } from "@/settings/Section";
import { useLeaving } from "@/settings/workflows/useLeaving";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

interface RuleEditorProps {
  readonly account: MailAccount;
  /** Null for a new one. */
  readonly rule: MailRule | null;
  /** What stands in the boxes at first. */
  readonly begun: RuleDraft;
}

/** Where a rule is made or changed, and tried on the mailbox before it is kept. */
export function RuleEditor({ account, rule, begun: given }: RuleEditorProps) {
  const say = useWords();
  const go = useGo();
  const [begun] = useState(given);
  const [draft, setDraft] = useState(begun);
  const { question, letGo } = useLeaving(JSON.stringify(draft) !== JSON.stringify(begun));
  const back = { page: "account", id: account.id, state: "all" } as const;
  const close = () => {
    letGo();
    go(back, true);
  };
  const { write, save, faults, refuse, isPending } = useRuleSaving(account, rule, draft, close);
  const part: RulePartProps = { draft, faults, onChange: (next) => setDraft({ ...draft, ...next }) };
  return (
    <Page title={rule?.name ?? say("mail.rule.new")}>
      <BackLink to={back}>{account.name}</BackLink>
      <div className={style.editor}>
        <TextField autoFocus={rule === null} label={say("mail.rule.name")} value={draft.name} maxLength={128} onChange={(name) => part.onChange({ name })} error={faults.name} />
        <FilterBoxes {...part} account={account} />
        <TakenBoxes {...part} />
        <GivenBoxes {...part} />
        <ActionBoxes {...part} account={account} />
        <Section title={say("mail.trial")} about={say("mail.trial.about")}>
          <Trial write={write} draft={draft} onRefused={refuse} />
        </Section>
        {faults[""] !== undefined && (
          <p className={style.failure} role="alert" lang="en">
            {faults[""]}
          </p>
        )}
        <footer className={style.foot}>
          <Switch isSelected={draft.enabled} onChange={(enabled) => part.onChange({ enabled })}>
            {say("mail.enabled")}
          </Switch>
          <span role="alert">{Object.keys(faults).length > 0 && say("mail.faulty")}</span>
          <Button onPress={close}>{say("parts.cancel")}</Button>
          <Button look="main" isDisabled={isPending || draft.name.trim() === ""} onPress={save}>
            {say("parts.save")}
          </Button>
        </footer>
      </div>
      {question}
    </Page>
  );
}
