import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, type Field } from "@sdk/scriba/v1/catalog_pb.js";
import { useMemo } from "react";

import { Choice } from "@/parts/Choice";
import { Radios } from "@/parts/Radios";
import { TextField } from "@/parts/TextField";
import { askOfExtraction } from "@/settings/catalog/trial";
import { useTrial } from "@/settings/catalog/useTrial";
import { ExtractionTrial } from "@/settings/fields/ExtractionTrial";
import type { FillFieldDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

interface FillFieldBoxesProps {
  readonly action: FillFieldDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<FillFieldDraft>) => void;
}

const NONE = "";
const EXAMPLE = "{{ created_year }}-{{ asn }}";

/** A custom field that is read from the text, or made from what is known. */
export function FillFieldBoxes({ action: { field, by, pattern, template }, at, onChange }: FillFieldBoxesProps) {
  const say = useWords();
  const fields = useQuery(CatalogService.method.listFields, {}).data?.fields ?? [];
  const chosen = fields.find(({ name }) => name === field);
  return (
    <>
      <Choice
        label={say("workflows.fill.field")}
        value={field}
        options={[{ value: NONE, text: say("workflows.fill.field.choose") }, ...fields.map(({ name }) => ({ value: name, text: name }))]}
        onChange={(name) => onChange({ field: name })}
        error={at("fill_field.field")}
      />
      <Radios<FillFieldDraft["by"]>
        label={say("workflows.fill.by")}
        value={by}
        options={[
          { value: "pattern", text: say("workflows.fill.pattern") },
          { value: "template", text: say("workflows.fill.template") },
        ]}
        onChange={(next) => onChange({ by: next })}
      />
      {by === "pattern" ? (
        <PatternBox field={chosen} pattern={pattern} onChange={(next) => onChange({ pattern: next })} error={at("fill_field.pattern")} />
      ) : (
        <TextField
          label={say("workflows.fill.template.label")}
          hint={say("workflows.template.hint", { example: EXAMPLE })}
          isVerbatim
          value={template}
          onChange={(next) => onChange({ template: next })}
          error={at("fill_field.template")}
        />
      )}
    </>
  );
}

interface PatternBoxProps {
  readonly field: Field | undefined;
  readonly pattern: string;
  readonly onChange: (pattern: string) => void;
  readonly error: string | undefined;
}

/** Tried on the documents that are there while it is typed, once a field is chosen. */
function PatternBox({ field, pattern, onChange, error }: PatternBoxProps) {
  const say = useWords();
  const ask = useMemo(() => (field ? askOfExtraction({ id: field.id, kind: field.kind, options: field.options, currency: field.currency, extraction: pattern }) : null), [field, pattern]);
  const { trial, error: refusal, isAtWork } = useTrial(ask);
  const refused = refusal === null ? undefined : refusalOf(refusal).violations["field.extraction"];
  return (
    <>
      <TextField label={say("workflows.fill.pattern.label")} hint={say("workflows.fill.pattern.hint")} isVerbatim value={pattern} onChange={onChange} error={refused ?? error} />
      {refusal === null && <ExtractionTrial trial={trial} isAtWork={isAtWork} />}
    </>
  );
}
