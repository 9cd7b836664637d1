import { TriggerKind } from "@sdk/scriba/v1/workflows_pb.js";
import { Plus } from "lucide-react";

import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Menu } from "@/parts/Menu";
import { Card } from "@/settings/workflows/Card";
import { FILTER_NAMES, type FilterName, type TriggerDraft } from "@/settings/workflows/draft";
import { type Faults, faultsAt, otherFaults, TRIGGER_BOXES } from "@/settings/workflows/faults";
import { Filter } from "@/settings/workflows/Filter";
import { nameOfTrigger, type TriggerName, TRIGGERS } from "@/settings/workflows/names";
import { ScheduleBoxes } from "@/settings/workflows/ScheduleBoxes";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface TriggerCardProps {
  readonly trigger: TriggerDraft;
  readonly place: number;
  readonly faults: Faults;
  readonly onChange: (trigger: TriggerDraft) => void;
  readonly onRemove: () => void;
}

/** When a workflow looks at documents, and at which of them. */
export function TriggerCard({ trigger, place, faults, onChange, onRemove }: TriggerCardProps) {
  const say = useWords();
  const where = `triggers/${trigger.key}`;
  const at = faultsAt(faults, where);
  const name = nameOfTrigger(trigger.kind);
  const change = (part: Partial<TriggerDraft>) => onChange({ ...trigger, ...part });
  return (
    <Card title={say("workflows.trigger", { number: place + 1 })} onRemove={onRemove} faults={otherFaults(faults, where, TRIGGER_BOXES)}>
      <div className={style.kind}>
        <Choice<TriggerName>
          label={say("workflows.trigger.kind")}
          value={name}
          options={(Object.keys(TRIGGERS) as TriggerName[]).map((value) => ({ value, text: say(`workflows.trigger.${value}`) }))}
          onChange={(chosen) => change({ kind: TRIGGERS[chosen] })}
          error={at("kind")}
        />
        <p className={style.hint}>{say(`workflows.trigger.${name}.about`)}</p>
      </div>
      {trigger.kind === TriggerKind.SCHEDULED && <ScheduleBoxes trigger={trigger} at={at} onChange={change} />}
      <p className={style.hint}>{say(trigger.shown.length === 0 ? "workflows.filters.none" : "workflows.filters.all")}</p>
      {trigger.shown.map((filter) => (
        <Filter key={filter} name={filter} trigger={trigger} at={at} onChange={change} onRemove={() => change({ shown: trigger.shown.filter((other) => other !== filter) })} />
      ))}
      <FilterAdder shown={trigger.shown} onAdd={(filter) => change({ shown: [...trigger.shown, filter] })} />
    </Card>
  );
}

function FilterAdder({ shown, onAdd }: { readonly shown: readonly FilterName[]; readonly onAdd: (name: FilterName) => void }) {
  const say = useWords();
  const others = FILTER_NAMES.filter((name) => !shown.includes(name));
  if (others.length === 0) return null;
  return (
    <div>
      <Menu label={say("workflows.filter.add")} actions={others.map((name) => ({ id: name, text: say(`workflows.filter.${name}`), act: () => onAdd(name) }))}>
        <Button icon={Plus} look="quiet">
          {say("workflows.filter.add")}
        </Button>
      </Menu>
    </div>
  );
}
