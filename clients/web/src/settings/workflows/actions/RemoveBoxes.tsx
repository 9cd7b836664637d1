import { useQuery } from "@connectrpc/connect-query";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";

import { Checkbox } from "@/parts/Checks";
import { LabelsBox } from "@/parts/LabelBox";
import type { RemoveDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { LABEL_KINDS, LABEL_NAMES, type LabelName, pathOfLabels } from "@/settings/workflows/names";
import { useWords } from "@/words/words";

import style from "../workflows.module.css";

interface RemoveBoxesProps {
  readonly action: RemoveDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<RemoveDraft>) => void;
}

/** What is taken from documents: some labels, or all of a kind; values of some custom fields, or of all. */
export function RemoveBoxes({ action, at, onChange }: RemoveBoxesProps) {
  const say = useWords();
  const turn = (name: LabelName, isAll: boolean) => onChange({ allOf: LABEL_NAMES.filter((each) => (each === name ? isAll : action.allOf.includes(each))) });
  return (
    <>
      {LABEL_NAMES.map((name) => (
        <div key={name} className={style.lines}>
          <LabelsBox
            kind={LABEL_KINDS[name]}
            label={say(`workflows.filter.${name}`)}
            isDisabled={action.allOf.includes(name)}
            values={action[name]}
            onChange={(names) => onChange({ [name]: names })}
            error={at(`remove.${pathOfLabels(name)}`)}
          />
          <Checkbox isSelected={action.allOf.includes(name)} onChange={(isAll) => turn(name, isAll)}>
            {say(`workflows.remove.all.${name}`)}
          </Checkbox>
        </div>
      ))}
      <FieldChecks action={action} error={at("remove.fields")} onChange={onChange} />
    </>
  );
}

interface FieldChecksProps {
  readonly action: RemoveDraft;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<RemoveDraft>) => void;
}

function FieldChecks({ action: { fields, allFields }, error, onChange }: FieldChecksProps) {
  const say = useWords();
  const known = useQuery(CatalogService.method.listFields, {}).data?.fields ?? [];
  return (
    <fieldset className={style.fieldset} data-invalid={error !== undefined || undefined}>
      <legend>{say("workflows.remove.fields")}</legend>
      <Checkbox isSelected={allFields} onChange={(next) => onChange({ allFields: next })}>
        {say("workflows.remove.all_fields")}
      </Checkbox>
      {known.map(({ id, name }) => (
        <Checkbox
          key={id}
          isDisabled={allFields}
          isSelected={allFields || fields.includes(name)}
          onChange={(isNamed) => onChange({ fields: isNamed ? [...fields, name] : fields.filter((other) => other !== name) })}
        >
          {name}
        </Checkbox>
      ))}
      {error !== undefined && <p role="alert">{error}</p>}
    </fieldset>
  );
}
