import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";
import { X } from "lucide-react";
import { useId } from "react";

import { IconButton } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { TextField } from "@/parts/TextField";
import { ValueBox } from "@/settings/workflows/actions/ValueBox";
import { type Comparison, comparisonsOf, isAboutHaving, isChosen, isText, type QuestionDraft } from "@/settings/workflows/query/draft";
import { useWords } from "@/words/words";

import style from "./query.module.css";

interface QueryQuestionProps {
  readonly question: QuestionDraft;
  /** Undefined for one that is there no more. */
  readonly field: Field | undefined;
  readonly error: string | undefined;
  readonly onChange: (question: QuestionDraft) => void;
  readonly onRemove: () => void;
}

/** One field, how its value is compared, and with what. */
export function QueryQuestion({ question, field, error, onChange, onRemove }: QueryQuestionProps) {
  const say = useWords();
  const id = useId();
  const { comparison } = question;
  const kind = field?.kind ?? FieldKind.UNSPECIFIED;
  // A box for one value cannot hold several, nor the other way round.
  const ask = (next: Comparison) => onChange({ ...question, comparison: next, ...((isChosen(kind, next) !== isChosen(kind, comparison) || comparison === "in") && { text: "", several: [] }) });
  return (
    <div role="group" aria-labelledby={id} className={style.question}>
      <strong id={id} className={style.field}>
        {question.field}
      </strong>
      <Choice<Comparison>
        label={say("workflows.comparison")}
        hideLabel
        value={comparison}
        options={comparisonsOf(kind).map((value) => ({ value, text: say(`workflows.comparison.${value}`) }))}
        onChange={ask}
      />
      <div className={style.values}>{field && !isAboutHaving(comparison) && <Values question={question} field={field} error={error} onChange={onChange} />}</div>
      <IconButton icon={X} label={say("workflows.query.remove", { name: question.field })} onPress={onRemove} />
    </div>
  );
}

const INPUT_TYPES: Partial<Readonly<Record<FieldKind, "date" | "datetime-local">>> = { [FieldKind.DATE]: "date", [FieldKind.DATE_TIME]: "datetime-local" };

function Values({ question, field, error, onChange }: Omit<QueryQuestionProps, "field" | "onRemove"> & { readonly field: Field }) {
  const say = useWords();
  const { comparison, text, until, several } = question;
  const type = INPUT_TYPES[field.kind] ?? "text";
  if (isChosen(field.kind, comparison) || field.kind === FieldKind.CHOICE || field.kind === FieldKind.BOOLEAN) {
    const box = isChosen(field.kind, comparison) && field.kind === FieldKind.CHOICE ? { ...field, kind: FieldKind.CHOICES } : field;
    return <ValueBox field={box} value={{ field: question.field, text, several }} onChange={(next) => onChange({ ...question, text: next.text, several: next.several })} error={error} />;
  }
  if (comparison === "in") {
    return <TextField aria-label={say("workflows.query.values")} hint={say("workflows.query.values.hint")} multiline value={text} onChange={(next) => onChange({ ...question, text: next })} error={error} />;
  }
  const isRange = comparison === "range";
  return (
    <>
      <TextField {...(isRange ? { label: say("workflows.query.from") } : { "aria-label": say("workflows.query.value") })} type={type} isVerbatim={isText(field.kind)} value={text} onChange={(next) => onChange({ ...question, text: next })} error={error} />
      {isRange && <TextField label={say("workflows.query.until")} type={type} value={until} onChange={(next) => onChange({ ...question, until: next })} />}
    </>
  );
}
