import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";

import { LinkedDocuments } from "@/document/panels/facts/LinkedDocuments";
import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { TextField } from "@/parts/TextField";
import type { ValueDraft } from "@/settings/workflows/draft";
import { useWords } from "@/words/words";

import style from "../workflows.module.css";

interface ValueBoxProps {
  /** Undefined while the fields are not known yet. */
  readonly field: Field | undefined;
  readonly value: ValueDraft;
  readonly onChange: (value: ValueDraft) => void;
  readonly error: string | undefined;
}

const INPUT_TYPES: Partial<Readonly<Record<FieldKind, "date" | "datetime-local">>> = { [FieldKind.DATE]: "date", [FieldKind.DATE_TIME]: "datetime-local" };

/** The value that a custom field is given, by the kind of the field. */
export function ValueBox({ field, value, onChange, error }: ValueBoxProps) {
  const say = useWords();
  const none = { value: "", text: say("workflows.value.none") };
  const choose = (text: string) => onChange({ ...value, text });
  switch (field?.kind) {
    case FieldKind.BOOLEAN:
      return <Choice label={value.field} value={value.text} onChange={choose} error={error} options={[none, { value: "yes", text: say("panels.yes") }, { value: "no", text: say("panels.no") }]} />;
    case FieldKind.CHOICE:
      return <Choice label={value.field} value={value.text} onChange={choose} error={error} options={[none, ...field.options.map(({ name }) => ({ value: name, text: name }))]} />;
    case FieldKind.CHOICES:
      return <OptionsBox field={field} value={value} onChange={onChange} error={error} />;
    case FieldKind.DOCUMENTS:
      return (
        <LinkedDocuments
          label={value.field}
          ids={[...value.several]}
          onAdd={(id) => onChange({ ...value, several: [...value.several.filter((other) => other !== id), id] })}
          onRemove={(id) => onChange({ ...value, several: value.several.filter((other) => other !== id) })}
        />
      );
    default:
      return <TextField label={value.field} type={INPUT_TYPES[field?.kind ?? FieldKind.TEXT] ?? "text"} multiline={field?.kind === FieldKind.LONG_TEXT} value={value.text} onChange={choose} error={error} />;
  }
}

function OptionsBox({ field, value, onChange, error }: ValueBoxProps & { readonly field: Field }) {
  const choose = (name: string, isChosen: boolean) => {
    const several = field.options.map((option) => option.name).filter((each) => (each === name ? isChosen : value.several.includes(each)));
    onChange({ ...value, several });
  };
  return (
    <fieldset className={style.fieldset} data-invalid={error !== undefined || undefined}>
      <legend>{field.name}</legend>
      {field.options.map(({ id, name }) => (
        <Checkbox key={id} isSelected={value.several.includes(name)} onChange={(isChosen) => choose(name, isChosen)}>
          {name}
        </Checkbox>
      ))}
      {error !== undefined && <p role="alert">{error}</p>}
    </fieldset>
  );
}
