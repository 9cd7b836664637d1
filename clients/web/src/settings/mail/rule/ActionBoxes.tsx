import type { MailAccount } from "@sdk/scriba/v1/mail_pb.js";

import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { TextField } from "@/parts/TextField";
import { type ActionName, ACTIONS, namesOf } from "@/settings/mail/names";
import type { RulePartProps } from "@/settings/mail/rule/draft";
import { FolderBox } from "@/settings/mail/rule/FolderBox";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

const EXAMPLE = "apple:red";

/** What is done to a mail once all that is wanted of it is safe. */
export function ActionBoxes({ draft, faults, onChange, account }: RulePartProps & { readonly account: MailAccount }) {
  const say = useWords();
  const { action, moveTo, keyword, stop } = draft;
  return (
    <Section title={say("mail.then")} about={say("mail.then.about")}>
      <div className={style.columns}>
        <Choice<ActionName> label={say("mail.action")} value={action} options={namesOf(ACTIONS).map((value) => ({ value, text: say(`mail.action.${value}`) }))} onChange={(next) => onChange({ action: next })} error={faults.action} />
        {action === "move" && <FolderBox account={account} label={say("mail.action.move.to")} value={moveTo} onChange={(next) => onChange({ moveTo: next })} error={faults.moveTo} />}
        {action === "tag" && <TextField label={say("mail.action.tag.which")} hint={say("mail.action.tag.hint", { example: EXAMPLE })} maxLength={256} isVerbatim value={keyword} onChange={(next) => onChange({ keyword: next })} error={faults.keyword} />}
      </div>
      {action === "delete" && <p className={style.hint}>{say("mail.action.delete.about")}</p>}
      <Checkbox isSelected={stop} onChange={(next) => onChange({ stop: next })}>
        {say("mail.stop")}
      </Checkbox>
    </Section>
  );
}
