import { type Field, FieldKind, type FieldValue } from "@sdk/scriba/v1/catalog_pb.js";
import { useIntl } from "react-intl";

import { fieldOf } from "@/document/panels/facts/edits";
import { useFacts } from "@/document/panels/facts/facts";
import { InPlaceDate } from "@/document/panels/facts/InPlaceDate";
import { InPlaceText } from "@/document/panels/facts/InPlaceText";
import { LinkedDocuments } from "@/document/panels/facts/LinkedDocuments";
import { textOf, valueFrom, withText, withValue } from "@/document/panels/facts/values";
import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { notifyWrong } from "@/parts/notices";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

type BoxLook = Pick<Parameters<typeof InPlaceText>[0], "inputMode" | "multiline">;

const LOOKS: Partial<Readonly<Record<FieldKind, BoxLook>>> = {
  [FieldKind.LONG_TEXT]: { multiline: true },
  [FieldKind.URL]: { inputMode: "url" },
  [FieldKind.EMAIL]: { inputMode: "email" },
  [FieldKind.INTEGER]: { inputMode: "numeric" },
  [FieldKind.NUMBER]: { inputMode: "decimal" },
  [FieldKind.MONEY]: { inputMode: "decimal" },
};

/** Where a document's value of a custom field is changed, by the kind of the field. */
export function FieldBox({ field }: { readonly field: Field }) {
  switch (field.kind) {
    case FieldKind.BOOLEAN:
      return <AnswerBox field={field} />;
    case FieldKind.CHOICE:
      return <OptionBox field={field} />;
    case FieldKind.CHOICES:
      return <OptionsBox field={field} />;
    case FieldKind.DOCUMENTS:
      return <DocumentsBox field={field} />;
    default:
      return <WrittenBox field={field} />;
  }
}

function WrittenBox({ field }: { readonly field: Field }) {
  const say = useWords();
  const { locale } = useIntl();
  const { document, change } = useFacts();
  const save = async (text: string) => {
    const reading = valueFrom(field, text, locale);
    return "mistake" in reading ? say(`panels.wrong.${reading.mistake}`) : change({ path: "fields", value: reading.value });
  };
  const text = textOf(fieldOf(document, field.name), locale);
  if (field.kind === FieldKind.DATE || field.kind === FieldKind.DATE_TIME) {
    return <InPlaceDate label={field.name} value={text} hasTime={field.kind === FieldKind.DATE_TIME} onSave={save} />;
  }
  return <InPlaceText label={field.name} value={text} isReadOnly={false} onSave={save} {...LOOKS[field.kind]} />;
}

/** Gives the present value of a field, and a way to set another where nothing can be mistyped. */
function useField(field: Field): readonly [FieldValue, (value: FieldValue) => void] {
  const { document, change } = useFacts();
  const set = (value: FieldValue) => void change({ path: "fields", value }).then((wrong) => wrong !== null && notifyWrong(wrong));
  return [fieldOf(document, field.name), set];
}

const NONE = "";

function AnswerBox({ field }: { readonly field: Field }) {
  const say = useWords();
  const [value, set] = useField(field);
  const answer = value.value.case === "boolean" ? (value.value.value ? "yes" : "no") : NONE;
  return (
    <Choice<"yes" | "no" | "">
      label={field.name}
      value={answer}
      onChange={(chosen) => set(withValue(field, chosen === NONE ? { case: undefined } : { case: "boolean", value: chosen === "yes" }))}
      options={[
        { value: NONE, text: say("parts.none") },
        { value: "yes", text: say("panels.yes") },
        { value: "no", text: say("panels.no") },
      ]}
    />
  );
}

function OptionBox({ field }: { readonly field: Field }) {
  const say = useWords();
  const [value, set] = useField(field);
  const chosen = value.value.case === "text" ? value.value.value : NONE;
  const options = [{ value: NONE, text: say("parts.none") }, ...field.options.map(({ name }) => ({ value: name, text: name }))];
  return <Choice label={field.name} value={chosen} options={options} onChange={(name) => set(withText(field, name))} />;
}

function OptionsBox({ field }: { readonly field: Field }) {
  const [value, set] = useField(field);
  const chosen = value.value.case === "choices" ? value.value.value.names : [];
  const choose = (name: string, isChosen: boolean) => {
    const names = field.options.map((option) => option.name).filter((each) => (each === name ? isChosen : chosen.includes(each)));
    set(withValue(field, names.length === 0 ? { case: undefined } : { case: "choices", value: { names } }));
  };
  return (
    <fieldset className={style.options}>
      <legend className={style.name}>{field.name}</legend>
      {field.options.map(({ id, name }) => (
        <Checkbox key={id} isSelected={chosen.includes(name)} onChange={(isChosen) => choose(name, isChosen)}>
          {name}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function DocumentsBox({ field }: { readonly field: Field }) {
  const [value, set] = useField(field);
  const ids = value.value.case === "documents" ? value.value.value.ids : [];
  const keep = (next: readonly string[]) => set(withValue(field, next.length === 0 ? { case: undefined } : { case: "documents", value: { ids: [...next] } }));
  return (
    <LinkedDocuments
      label={field.name}
      ids={ids}
      onAdd={(id) => keep([...ids.filter((other) => other !== id), id].toSorted((one, other) => Number(one) - Number(other)))}
      onRemove={(id) => keep(ids.filter((other) => other !== id))}
    />
  );
}
