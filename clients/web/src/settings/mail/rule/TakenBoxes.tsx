import { Checkbox } from "@/parts/Checks";
import { Radios } from "@/parts/Radios";
import { TextField } from "@/parts/TextField";
import { namesOf, type ScopeName, SCOPES } from "@/settings/mail/names";
import type { RulePartProps } from "@/settings/mail/rule/draft";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

/** What of a mail becomes documents. */
export function TakenBoxes({ draft, faults, onChange }: RulePartProps) {
  const say = useWords();
  const { scope, include, exclude, inlineImages } = draft;
  return (
    <Section title={say("mail.taken")}>
      <Radios<ScopeName> label={say("mail.scope")} value={scope} options={namesOf(SCOPES).map((value) => ({ value, text: say(`mail.scope.${value}`), about: say(`mail.scope.${value}.about`) }))} onChange={(next) => onChange({ scope: next })} />
      {scope !== "mail" && (
        <>
          <div className={style.columns}>
            <TextField label={say("mail.include")} hint={say("mail.globs.hint")} multiline isVerbatim value={include} onChange={(next) => onChange({ include: next })} error={faults.include} />
            <TextField label={say("mail.exclude")} hint={say("mail.globs.hint")} multiline isVerbatim value={exclude} onChange={(next) => onChange({ exclude: next })} error={faults.exclude} />
          </div>
          <Checkbox isSelected={inlineImages} onChange={(next) => onChange({ inlineImages: next })}>
            {say("mail.inline_images")}
          </Checkbox>
        </>
      )}
    </Section>
  );
}
