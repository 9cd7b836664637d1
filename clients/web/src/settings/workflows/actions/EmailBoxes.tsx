import { Checkbox } from "@/parts/Checks";
import { TextField } from "@/parts/TextField";
import type { EmailDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { useWords } from "@/words/words";

import style from "../workflows.module.css";

interface EmailBoxesProps {
  readonly action: EmailDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<EmailDraft>) => void;
}

const SUBJECT = "{{ correspondent }}: {{ title }}";
const BODY = "{{ doc_url }}";

export function EmailBoxes({ action: { to, subject, body, attachDocument }, at, onChange }: EmailBoxesProps) {
  const say = useWords();
  return (
    <>
      <p className={style.hint}>{say("workflows.action.email.about")}</p>
      <TextField label={say("workflows.email.to")} hint={say("workflows.email.to.hint")} inputMode="email" isVerbatim value={to} onChange={(next) => onChange({ to: next })} error={at("email.to")} />
      <TextField label={say("workflows.email.subject")} hint={say("workflows.template.hint", { example: SUBJECT })} value={subject} onChange={(next) => onChange({ subject: next })} error={at("email.subject")} />
      <TextField label={say("workflows.email.body")} hint={say("workflows.template.hint", { example: BODY })} multiline value={body} onChange={(next) => onChange({ body: next })} error={at("email.body")} />
      <Checkbox isSelected={attachDocument} onChange={(next) => onChange({ attachDocument: next })}>
        {say("workflows.attach")}
      </Checkbox>
    </>
  );
}
