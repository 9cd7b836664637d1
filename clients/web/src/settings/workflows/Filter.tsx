import { X } from "lucide-react";
import { useId } from "react";

import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { IconButton } from "@/parts/Button";
import { LabelsBox } from "@/parts/LabelBox";
import { TextField } from "@/parts/TextField";
import type { FilterName, LabelFilterDraft, TriggerDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { LABEL_KINDS, type LabelName, nameOfMatching, pathOfLabels, SOURCES, type SourceName, TEXT_MATCHINGS, type TextMatching } from "@/settings/workflows/names";
import { FieldQueryBox } from "@/settings/workflows/query/FieldQueryBox";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface FilterBoxesProps {
  readonly trigger: TriggerDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<TriggerDraft>) => void;
}

interface FilterProps extends FilterBoxesProps {
  readonly name: FilterName;
  readonly onRemove: () => void;
}

/** One thing that is asked of a document. */
export function Filter({ name, onRemove, ...boxes }: FilterProps) {
  const say = useWords();
  const id = useId();
  const title = say(`workflows.filter.${name}`);
  return (
    <section className={style.filter} aria-labelledby={id}>
      <header className={style.filterHead}>
        <h4 id={id}>{title}</h4>
        <IconButton icon={X} label={say("workflows.filter.remove", { name: title })} onPress={onRemove} />
      </header>
      <FilterBoxes name={name} {...boxes} />
    </section>
  );
}

function FilterBoxes({ name, trigger, at, onChange }: FilterBoxesProps & { readonly name: FilterName }) {
  const say = useWords();
  const label = say(`workflows.filter.${name}`);
  switch (name) {
    case "sources":
      return <SourceBoxes trigger={trigger} onChange={onChange} />;
    case "path":
      return <TextField aria-label={label} hint={say("workflows.filter.path.hint")} value={trigger.path} isVerbatim maxLength={256} onChange={(path) => onChange({ path })} error={at("path")} />;
    case "filename":
      return <TextField aria-label={label} hint={say("workflows.filter.filename.hint")} value={trigger.filename} isVerbatim maxLength={256} onChange={(filename) => onChange({ filename })} error={at("filename")} />;
    case "text":
      return <TextBoxes trigger={trigger} at={at} onChange={onChange} />;
    case "fieldQuery":
      return <FieldQueryBox query={trigger.fieldQuery} at={at} onChange={(fieldQuery) => onChange({ fieldQuery })} />;
    default:
      return <LabelBoxes name={name} filter={trigger.labels[name]} at={at} onChange={(filter) => onChange({ labels: { ...trigger.labels, [name]: filter } })} />;
  }
}

function SourceBoxes({ trigger: { sources }, onChange }: Pick<FilterBoxesProps, "trigger" | "onChange">) {
  const say = useWords();
  return (
    <div className={style.row}>
      {(Object.keys(SOURCES) as SourceName[]).map((name) => (
        <Checkbox
          key={name}
          isSelected={sources.includes(SOURCES[name])}
          onChange={(isAsked) => onChange({ sources: isAsked ? [...sources, SOURCES[name]] : sources.filter((other) => other !== SOURCES[name]) })}
        >
          {say(`workflows.source.${name}`)}
        </Checkbox>
      ))}
    </div>
  );
}

function TextBoxes({ trigger: { matching, pattern, caseSensitive }, at, onChange }: FilterBoxesProps) {
  const say = useWords();
  return (
    <>
      <div className={style.pair}>
        <Choice<TextMatching>
          label={say("workflows.filter.matching")}
          value={nameOfMatching(matching)}
          options={(Object.keys(TEXT_MATCHINGS) as TextMatching[]).map((value) => ({ value, text: say(`labels.matching.${value}`) }))}
          onChange={(chosen) => onChange({ matching: TEXT_MATCHINGS[chosen] })}
          error={at("matching")}
        />
        <TextField label={say("workflows.filter.pattern")} value={pattern} isVerbatim onChange={(next) => onChange({ pattern: next })} error={at("pattern")} />
      </div>
      <Checkbox isSelected={caseSensitive} onChange={(next) => onChange({ caseSensitive: next })}>
        {say("labels.case_sensitive")}
      </Checkbox>
    </>
  );
}

interface LabelBoxesProps {
  readonly name: LabelName;
  readonly filter: LabelFilterDraft;
  readonly at: FaultAt;
  readonly onChange: (filter: LabelFilterDraft) => void;
}

/** A document has one label of each kind, but any number of tags: only of those can all be asked for. */
function LabelBoxes({ name, filter, at, onChange }: LabelBoxesProps) {
  const say = useWords();
  const kind = LABEL_KINDS[name];
  const path = pathOfLabels(name);
  return (
    <div className={style.columns}>
      <LabelsBox kind={kind} label={say("workflows.filter.any_of")} values={filter.anyOf} onChange={(anyOf) => onChange({ ...filter, anyOf })} error={at(`${path}.any_of`)} />
      {name === "tags" && <LabelsBox kind={kind} label={say("workflows.filter.all_of")} values={filter.allOf} onChange={(allOf) => onChange({ ...filter, allOf })} error={at(`${path}.all_of`)} />}
      <LabelsBox kind={kind} label={say("workflows.filter.none_of")} values={filter.noneOf} onChange={(noneOf) => onChange({ ...filter, noneOf })} error={at(`${path}.none_of`)} />
    </div>
  );
}
