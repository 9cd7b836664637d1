import type { MailAccount } from "@sdk/scriba/v1/mail_pb.js";

import { TextField } from "@/parts/TextField";
import { FolderBox } from "@/settings/mail/rule/FolderBox";
import type { RulePartProps } from "@/settings/mail/rule/draft";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

const MOST = 256;

/** Which mails are meant. */
export function FilterBoxes({ draft, faults, onChange, account }: RulePartProps & { readonly account: MailAccount }) {
  const say = useWords();
  return (
    <Section title={say("mail.filters")} about={say("mail.filters.about")}>
      <div className={style.columns}>
        <FolderBox account={account} label={say("mail.folder")} hint={say("mail.folder.hint")} placeholder={say("mail.inbox")} value={draft.folder} onChange={(folder) => onChange({ folder })} error={faults.folder} />
        <TextField label={say("mail.days")} hint={say("mail.days.hint")} inputMode="numeric" value={draft.days} onChange={(days) => onChange({ days })} error={faults.days} />
        {(["from", "to", "subject", "body"] as const).map((part) => (
          <TextField key={part} label={say(`mail.filter.${part}`)} maxLength={MOST} isVerbatim value={draft[part]} onChange={(text) => onChange({ [part]: text })} error={faults[part]} />
        ))}
      </div>
    </Section>
  );
}
