import { create } from "@bufbuild/protobuf";
import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, type Field, FieldKind, type FieldValue } from "@sdk/scriba/v1/catalog_pb.js";
import { DocumentSchema } from "@sdk/scriba/v1/documents_pb.js";
import { useState } from "react";
import { useIntl } from "react-intl";

import { FactsContext } from "@/document/panels/facts/facts";
import { LinkedDocuments } from "@/document/panels/facts/LinkedDocuments";
import { type Reading, valueFrom, withText, withValue } from "@/document/panels/facts/values";
import type { Order } from "@/library/bulk";
import { BulkFrame } from "@/library/BulkFrame";
import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { Loading, Problem } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { useWords } from "@/words/words";

interface BulkFieldDialogProps {
  readonly count: number;
  readonly onClose: () => void;
  readonly onDo: (order: Order) => void;
}

/** What stands in the box of a field: as it was typed, or chosen. */
interface Draft {
  readonly text: string;
  readonly names: readonly string[];
}

const EMPTY: Draft = { text: "", names: [] };

/** Asks for the value that all selected documents shall get in a field of one's own. */
export function BulkFieldDialog({ count, onClose, onDo }: BulkFieldDialogProps) {
  const say = useWords();
  const { locale } = useIntl();
  const { data, error, refetch } = useQuery(CatalogService.method.listFields, {});
  const [wanted, setWanted] = useState("");
  const [draft, setDraft] = useState(EMPTY);
  const field = data?.fields.find(({ name }) => name === wanted) ?? data?.fields[0];
  const reading = field && readingOf(field, draft, locale);
  const value = reading && "value" in reading ? reading.value : null;
  const choose = (name: string) => {
    setWanted(name);
    setDraft(EMPTY);
  };
  return (
    <BulkFrame
      count={count}
      isReady={value !== null}
      takesAway={value !== null && value.value.case === undefined}
      onClose={onClose}
      onGo={() => value && onDo({ changes: { fields: [value] }, updateMask: { paths: ["fields"] } })}
    >
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : !data && <Loading />}
      {data && !field && <p>{say("library.bulk.no_field")}</p>}
      {data && field && (
        <>
          <Choice label={say("library.bulk.field")} value={field.name} onChange={choose} options={data.fields.map(({ name }) => ({ value: name, text: name }))} />
          <DraftBox key={field.name} field={field} draft={draft} onChange={setDraft} mistake={reading && "mistake" in reading ? say(`panels.wrong.${reading.mistake}`) : undefined} />
          <p>{say("library.bulk.empty.hint")}</p>
        </>
      )}
    </BulkFrame>
  );
}

/** Reads what stands in the box; nothing takes the value away. */
function readingOf(field: Field, { text, names }: Draft, locale: string): Reading {
  const chosen = (value: FieldValue): Reading => ({ value });
  switch (field.kind) {
    case FieldKind.BOOLEAN:
      return chosen(withValue(field, text === "" ? { case: undefined } : { case: "boolean", value: text === "yes" }));
    case FieldKind.CHOICE:
      return chosen(withText(field, text));
    case FieldKind.CHOICES:
      return chosen(withValue(field, names.length === 0 ? { case: undefined } : { case: "choices", value: { names: [...names] } }));
    case FieldKind.DOCUMENTS:
      return chosen(withValue(field, names.length === 0 ? { case: undefined } : { case: "documents", value: { ids: [...names] } }));
    default:
      return valueFrom(field, text, locale);
  }
}

interface DraftBoxProps {
  readonly field: Field;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly mistake: string | undefined;
}

function DraftBox({ field, draft: { text, names }, onChange, mistake }: DraftBoxProps) {
  const say = useWords();
  const label = say("library.bulk.value");
  const write = (next: string) => onChange({ text: next, names });
  const take = (next: readonly string[]) => onChange({ text, names: next });
  const none = { value: "", text: say("parts.none") };
  switch (field.kind) {
    case FieldKind.BOOLEAN:
      return <Choice label={label} value={text} onChange={write} options={[none, { value: "yes", text: say("panels.yes") }, { value: "no", text: say("panels.no") }]} />;
    case FieldKind.CHOICE:
      return <Choice label={label} value={text} onChange={write} options={[none, ...field.options.map(({ name }) => ({ value: name, text: name }))]} />;
    case FieldKind.CHOICES:
      return (
        <fieldset>
          <legend>{label}</legend>
          {field.options.map(({ name }) => (
            <Checkbox key={name} isSelected={names.includes(name)} onChange={(isIn) => take(isIn ? [...names, name] : names.filter((each) => each !== name))}>
              {name}
            </Checkbox>
          ))}
        </fieldset>
      );
    case FieldKind.DOCUMENTS:
      return (
        <FactsContext value={{ document: create(DocumentSchema), mayEdit: true, change: () => Promise.resolve(null), assignments: [] }}>
          <LinkedDocuments label={label} ids={names} onAdd={(id) => take([...names, id])} onRemove={(id) => take(names.filter((each) => each !== id))} />
        </FactsContext>
      );
    default:
      return <TextField label={label} value={text} onChange={write} error={mistake} {...lookOf(field.kind)} />;
  }
}

function lookOf(kind: FieldKind): Partial<Parameters<typeof TextField>[0]> {
  if (kind === FieldKind.DATE) return { type: "date" };
  if (kind === FieldKind.DATE_TIME) return { type: "datetime-local" };
  return kind === FieldKind.LONG_TEXT ? { multiline: true } : {};
}
