import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";
import { useMemo, useState } from "react";

import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Dialog } from "@/parts/Dialog";
import { useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { askOfExtraction } from "@/settings/catalog/trial";
import { useTrial } from "@/settings/catalog/useTrial";
import { daysFrom, draftOf, type Faults, type FieldDraft, lostOptions, NEW_FIELD } from "@/settings/fields/draft";
import { ExtractionTrial } from "@/settings/fields/ExtractionTrial";
import { hasOptions, isRead, KIND_NAMES, kindNamed, nameOfKind } from "@/settings/fields/kinds";
import { LosingDialog } from "@/settings/fields/LosingDialog";
import { OptionList } from "@/settings/fields/OptionList";
import { useSaving } from "@/settings/fields/useSaving";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./fields.module.css";

interface FieldDialogProps {
  /** Null for a new one. */
  readonly field: Field | null;
  readonly onClose: () => void;
}

/** Makes a custom field or changes it. */
export function FieldDialog({ field, onClose }: FieldDialogProps) {
  const say = useWords();
  const [draft, setDraft] = useState(field ? draftOf(field) : NEW_FIELD);
  const [isLosing, setLosing] = useState(false);
  const { save, faults, isPending } = useSaving(field, draft, onClose);
  const lost = field ? lostOptions(field, draft) : [];
  const change = (part: Partial<FieldDraft>) => setDraft({ ...draft, ...part });
  const isUnfinished = draft.name.trim() === "" || daysFrom(draft.reminderDays) === null;
  return (
    <Dialog
      title={field ? field.name : say("fields.new")}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" isDisabled={isPending || isUnfinished} onPress={() => (lost.length > 0 ? setLosing(true) : save())}>
            {say("parts.save")}
          </Button>
        </>
      }
    >
      <TextField autoFocus={field === null} label={say("fields.name")} value={draft.name} maxLength={128} onChange={(name) => change({ name })} error={faults.name} />
      <KindChoice kind={draft.kind} isFixed={field !== null} onChange={(kind) => change({ kind })} error={faults.kind} />
      <OwnFields draft={draft} onChange={change} faults={faults} />
      {isRead(draft.kind) && <ExtractionField draft={draft} id={field?.id ?? ""} onChange={(extraction) => change({ extraction })} error={faults.extraction} />}
      {faults.others.length > 0 && (
        <p className={style.wrong} role="alert" lang="en">
          {faults.others.join("; ")}
        </p>
      )}
      {isLosing && (
        <LosingDialog
          lost={lost}
          onClose={() => setLosing(false)}
          onGo={() => {
            setLosing(false);
            save();
          }}
        />
      )}
    </Dialog>
  );
}

interface KindChoiceProps {
  readonly kind: FieldKind;
  /** The kind of a field that is there stays. */
  readonly isFixed: boolean;
  readonly onChange: (kind: FieldKind) => void;
  readonly error: string | undefined;
}

function KindChoice({ kind, isFixed, onChange, error }: KindChoiceProps) {
  const say = useWords();
  const name = nameOfKind(kind);
  const options = KIND_NAMES.map((value) => ({ value, text: say(`fields.kind.${value}`) }));
  return (
    <div className={style.kind}>
      <Choice label={say("fields.kind")} value={name} options={options} isDisabled={isFixed} onChange={(chosen) => onChange(kindNamed(chosen))} error={error} />
      <p className={style.hint}>
        {say(`fields.kind.${name}.about`)} {say(isFixed ? "fields.kind.stays" : "fields.kind.will_stay")}
      </p>
    </div>
  );
}

interface OwnFieldsProps {
  readonly draft: FieldDraft;
  readonly onChange: (part: Partial<FieldDraft>) => void;
  readonly faults: Faults;
}

/** What only fields of this kind have. */
function OwnFields({ draft, onChange, faults }: OwnFieldsProps) {
  const say = useWords();
  if (hasOptions(draft.kind)) return <OptionList options={draft.options} onChange={(options) => onChange({ options })} faults={faults.option} error={faults.options} />;
  if (draft.kind === FieldKind.MONEY) {
    return (
      <div className={style.short}>
        <TextField label={say("fields.currency")} hint={say("fields.currency.hint")} value={draft.currency} maxLength={3} isVerbatim onChange={(currency) => onChange({ currency })} error={faults.currency} />
      </div>
    );
  }
  if (draft.kind !== FieldKind.DATE) return null;
  const mistake = daysFrom(draft.reminderDays) === null ? say("fields.reminder.wrong") : undefined;
  return (
    <div className={style.short}>
      <TextField
        label={say("fields.reminder")}
        hint={say("fields.reminder.hint")}
        inputMode="numeric"
        value={draft.reminderDays}
        onChange={(reminderDays) => onChange({ reminderDays })}
        error={mistake ?? faults.reminderDays}
      />
    </div>
  );
}

interface ExtractionFieldProps {
  readonly draft: FieldDraft;
  /** "" for a new field. */
  readonly id: string;
  readonly onChange: (extraction: string) => void;
  readonly error: string | undefined;
}

/** The pattern that reads the value from the text of new documents, tried on those that are there while it is typed. */
function ExtractionField({ draft: { kind, options, currency, extraction }, id, onChange, error }: ExtractionFieldProps) {
  const say = useWords();
  const explain = useExplanation();
  const ask = useMemo(() => askOfExtraction({ id, kind, options: options.map((option) => ({ id: option.id, name: option.name })), currency: currency.trim().toUpperCase(), extraction }), [id, kind, options, currency, extraction]);
  const trying = useTrial(ask);
  const refused = trying.error === null ? undefined : (refusalOf(trying.error).violations["field.extraction"] ?? explain(trying.error));
  return (
    <>
      <TextField label={say("fields.extraction")} hint={say("fields.extraction.hint")} value={extraction} isVerbatim onChange={onChange} error={refused ?? error} />
      {trying.error === null && <ExtractionTrial trial={trying.trial} isAtWork={trying.isAtWork} />}
    </>
  );
}
