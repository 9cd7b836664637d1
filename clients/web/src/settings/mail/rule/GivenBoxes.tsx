import { useQuery } from "@connectrpc/connect-query";
import { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { IdentityService } from "@sdk/scriba/v1/identity_pb.js";

import { useMay, useSignedIn } from "@/app/queries";
import { Choice } from "@/parts/Choice";
import { LabelBox, LabelsBox } from "@/parts/LabelBox";
import { type CorrespondentName, CORRESPONDENTS, namesOf, type TitleName, TITLES } from "@/settings/mail/names";
import type { RulePartProps } from "@/settings/mail/rule/draft";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

const MOST_USERS = 1000;
const NOBODY = "nobody";

/** What the documents are given. */
export function GivenBoxes({ draft, faults, onChange }: RulePartProps) {
  const say = useWords();
  const { title, correspondentFrom, correspondent, tags, documentType, storagePath } = draft;
  return (
    <Section title={say("mail.given")} about={say("mail.given.about")}>
      <div className={style.columns}>
        <Choice<TitleName> label={say("mail.title")} value={title} options={namesOf(TITLES).map((value) => ({ value, text: say(`mail.title.${value}`) }))} onChange={(next) => onChange({ title: next })} error={faults.title} />
        <Choice<CorrespondentName>
          label={say("mail.correspondent")}
          value={correspondentFrom}
          options={namesOf(CORRESPONDENTS).map((value) => ({ value, text: say(`mail.correspondent.${value}`) }))}
          onChange={(next) => onChange({ correspondentFrom: next })}
          error={faults.correspondentFrom}
        />
        {correspondentFrom === "fixed" && (
          <LabelBox kind={LabelKind.CORRESPONDENT} label={say("mail.correspondent.which")} mayMake value={correspondent} onChange={(next) => onChange({ correspondent: next })} error={faults.correspondent} />
        )}
      </div>
      <LabelsBox kind={LabelKind.TAG} label={say("panels.facts.tags")} mayMake values={tags} onChange={(next) => onChange({ tags: next })} error={faults.tags} />
      <div className={style.columns}>
        <LabelBox kind={LabelKind.DOCUMENT_TYPE} label={say("panels.facts.documentType")} mayMake value={documentType} onChange={(next) => onChange({ documentType: next })} error={faults.documentType} />
        <LabelBox kind={LabelKind.STORAGE_PATH} label={say("panels.facts.storagePath")} value={storagePath} onChange={(next) => onChange({ storagePath: next })} error={faults.storagePath} />
        <OwnerBox draft={draft} faults={faults} onChange={onChange} />
      </div>
    </Section>
  );
}

/** Whose the documents are: one's own, everybody's, or, for administrators, another's. */
function OwnerBox({ draft: { owner }, faults, onChange }: RulePartProps) {
  const say = useWords();
  const { id: me } = useSignedIn();
  const { administer } = useMay();
  const users = useQuery(IdentityService.method.listUsers, { pageSize: MOST_USERS }, { enabled: administer }).data?.users ?? [];
  const chosen = owner ?? me ?? "";
  const others = users.filter(({ id }) => id !== me).map(({ id, name }) => ({ value: id, text: name }));
  const isStrange = chosen !== "" && chosen !== me && !others.some(({ value }) => value === chosen);
  const options = [...(me === null ? [] : [{ value: me, text: say("mail.owner.me") }]), { value: NOBODY, text: say("mail.owner.nobody") }, ...others, ...(isStrange ? [{ value: chosen, text: say("mail.owner.other") }] : [])];
  return <Choice label={say("mail.owner")} value={chosen || NOBODY} options={options} onChange={(next) => onChange({ owner: next === NOBODY ? "" : next })} error={faults.owner} />;
}
