import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { Plus, X } from "lucide-react";

import { Button, IconButton } from "@/parts/Button";
import { LabelBox, LabelsBox } from "@/parts/LabelBox";
import { Menu } from "@/parts/Menu";
import { TextField } from "@/parts/TextField";
import { ValueBox } from "@/settings/workflows/actions/ValueBox";
import type { AssignDraft, ValueDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { useWords } from "@/words/words";

import style from "../workflows.module.css";

interface AssignBoxesProps {
  readonly action: AssignDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<AssignDraft>) => void;
}

const EXAMPLE = "{{ correspondent }} {{ created_year }}";

/** What documents are given: a title, labels, values of custom fields. */
export function AssignBoxes({ action: { title, tags, correspondent, documentType, storagePath, fields }, at, onChange }: AssignBoxesProps) {
  const say = useWords();
  return (
    <>
      <TextField label={say("workflows.title")} hint={say("workflows.template.hint", { example: EXAMPLE })} value={title} isVerbatim onChange={(next) => onChange({ title: next })} error={at("assign.title")} />
      <LabelsBox kind={LabelKind.TAG} label={say("workflows.filter.tags")} values={tags} onChange={(next) => onChange({ tags: next })} error={at("assign.tags")} />
      <div className={style.columns}>
        <LabelBox kind={LabelKind.CORRESPONDENT} label={say("workflows.correspondent")} value={correspondent} onChange={(next) => onChange({ correspondent: next })} error={at("assign.correspondent")} />
        <LabelBox kind={LabelKind.DOCUMENT_TYPE} label={say("workflows.documentType")} value={documentType} onChange={(next) => onChange({ documentType: next })} error={at("assign.document_type")} />
        <LabelBox kind={LabelKind.STORAGE_PATH} label={say("workflows.storagePath")} value={storagePath} onChange={(next) => onChange({ storagePath: next })} error={at("assign.storage_path")} />
      </div>
      <ValueList values={fields} at={at} onChange={(next) => onChange({ fields: next })} />
    </>
  );
}

interface ValueListProps {
  readonly values: readonly ValueDraft[];
  readonly at: FaultAt;
  readonly onChange: (values: readonly ValueDraft[]) => void;
}

function ValueList({ values, at, onChange }: ValueListProps) {
  const say = useWords();
  const known = useQuery(CatalogService.method.listFields, {}).data?.fields ?? [];
  const others = known.filter(({ name }) => !values.some(({ field }) => field === name));
  return (
    <div className={style.lines}>
      {values.map((value) => (
        <div key={value.field} className={style.line}>
          <ValueBox
            field={known.find(({ name }) => name === value.field)}
            value={value}
            onChange={(next) => onChange(values.map((other) => (other.field === next.field ? next : other)))}
            error={at(`assign.fields/${value.field}`)}
          />
          <IconButton icon={X} label={say("workflows.value.remove", { name: value.field })} onPress={() => onChange(values.filter(({ field }) => field !== value.field))} />
        </div>
      ))}
      {others.length > 0 && (
        <div>
          <Menu label={say("workflows.value.add")} actions={others.map(({ id, name }) => ({ id, text: name, act: () => onChange([...values, { field: name, text: "", several: [] }]) }))}>
            <Button icon={Plus} look="quiet">
              {say("workflows.value.add")}
            </Button>
          </Menu>
        </div>
      )}
    </div>
  );
}
