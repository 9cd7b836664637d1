import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";
import { ScheduleDate } from "@sdk/scriba/v1/workflows_pb.js";

import { Choice } from "@/parts/Choice";
import { TextField } from "@/parts/TextField";
import type { TriggerDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { type DateName, DATES, nameOfDate } from "@/settings/workflows/names";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface ScheduleBoxesProps {
  readonly trigger: TriggerDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<TriggerDraft>) => void;
}

const NONE = "";

/** On which day a document is due, counted from one of its dates. */
export function ScheduleBoxes({ trigger: { date, dateField, isBefore, offsetDays, everyDays }, at, onChange }: ScheduleBoxesProps) {
  const say = useWords();
  const fields = useQuery(CatalogService.method.listFields, {}).data?.fields ?? [];
  const dated = fields.filter(({ kind }) => kind === FieldKind.DATE || kind === FieldKind.DATE_TIME);
  const choices = [{ value: NONE, text: say("workflows.fill.field.choose") }, ...dated.map(({ name }) => ({ value: name, text: name }))];
  return (
    <div className={style.columns}>
      <Choice<DateName>
        label={say("workflows.schedule.date")}
        value={nameOfDate(date)}
        options={(Object.keys(DATES) as DateName[]).map((value) => ({ value, text: say(`workflows.schedule.${value}`) }))}
        onChange={(chosen) => onChange({ date: DATES[chosen] })}
        error={at("schedule.date")}
      />
      {date === ScheduleDate.FIELD && (
        <Choice label={say("workflows.schedule.which")} value={dateField} options={choices} onChange={(field) => onChange({ dateField: field })} error={at("schedule.field")} />
      )}
      <TextField label={say("workflows.schedule.offset")} inputMode="numeric" placeholder="0" value={offsetDays} onChange={(days) => onChange({ offsetDays: days })} error={at("schedule.offset_days")} />
      <Choice<"after" | "before">
        label={say("workflows.schedule.direction")}
        value={isBefore ? "before" : "after"}
        options={[
          { value: "after", text: say("workflows.schedule.after") },
          { value: "before", text: say("workflows.schedule.before") },
        ]}
        onChange={(chosen) => onChange({ isBefore: chosen === "before" })}
      />
      <TextField label={say("workflows.schedule.every")} hint={say("workflows.schedule.every.hint")} inputMode="numeric" value={everyDays} onChange={(days) => onChange({ everyDays: days })} error={at("schedule.every_days")} />
    </div>
  );
}
