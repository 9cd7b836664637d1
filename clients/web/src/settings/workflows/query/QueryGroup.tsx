import type { Field } from "@sdk/scriba/v1/catalog_pb.js";
import { Plus, X } from "lucide-react";

import { Button, IconButton } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Menu } from "@/parts/Menu";
import { TextField } from "@/parts/TextField";
import type { FaultAt } from "@/settings/workflows/faults";
import { type GroupDraft, type Joining, newGroup, newQuestion, type QueryDraft, withoutPart, withPart } from "@/settings/workflows/query/draft";
import { QueryQuestion } from "@/settings/workflows/query/QueryQuestion";
import { useWords } from "@/words/words";

import style from "./query.module.css";

const JOININGS: readonly Joining[] = ["all", "any", "none"];
// The server takes ten levels; more than these nobody reads in boxes. Deeper ones that are there are shown.
const DEEPEST = 3;

interface QueryGroupProps {
  readonly group: GroupDraft;
  readonly fields: readonly Field[];
  readonly at: FaultAt;
  readonly depth?: number;
  readonly onChange: (group: GroupDraft) => void;
  /** Not given for the outermost. */
  readonly onRemove?: () => void;
}

/** Some questions about custom fields, of which all, one or none must hold; groups may stand in groups. */
export function QueryGroup({ group, fields, at, depth = 1, onChange, onRemove }: QueryGroupProps) {
  const say = useWords();
  return (
    <div role="group" aria-label={say("workflows.query.group")} className={style.group}>
      <div className={style.head}>
        <Choice<Joining>
          label={say("workflows.query.joining")}
          hideLabel
          value={group.joining}
          options={JOININGS.map((value) => ({ value, text: say(`workflows.query.${value}`) }))}
          onChange={(joining) => onChange({ ...group, joining })}
        />
        {onRemove && <IconButton icon={X} label={say("workflows.query.remove_group")} onPress={onRemove} />}
      </div>
      {group.parts.map((part) => (
        <QueryPart key={part.key} part={part} fields={fields} at={at} depth={depth} onChange={(next) => onChange(withPart(group, next))} onRemove={() => onChange(withoutPart(group, part.key))} />
      ))}
      <div className={style.adders}>
        {fields.length > 0 && (
          <Menu
            label={say("workflows.query.add")}
            actions={fields.map((field) => ({ id: field.id, text: field.name, act: () => onChange({ ...group, parts: [...group.parts, newQuestion(group, field)] }) }))}
          >
            <Button icon={Plus} look="quiet">
              {say("workflows.query.add")}
            </Button>
          </Menu>
        )}
        {fields.length > 0 && depth < DEEPEST && (
          <Button icon={Plus} look="quiet" onPress={() => onChange({ ...group, parts: [...group.parts, newGroup(group)] })}>
            {say("workflows.query.add_group")}
          </Button>
        )}
      </div>
    </div>
  );
}

interface QueryPartProps extends Omit<QueryGroupProps, "group" | "onChange" | "onRemove" | "depth"> {
  readonly part: QueryDraft;
  readonly depth: number;
  readonly onChange: (part: QueryDraft) => void;
  readonly onRemove: () => void;
}

function QueryPart({ part, fields, at, depth, onChange, onRemove }: QueryPartProps) {
  const say = useWords();
  const error = at(`field_query/${part.key}`);
  switch (part.case) {
    case "group":
      return <QueryGroup group={part} fields={fields} at={at} depth={depth + 1} onChange={onChange} onRemove={onRemove} />;
    case "question":
      return <QueryQuestion question={part} field={fields.find(({ name }) => name === part.field)} error={error} onChange={onChange} onRemove={onRemove} />;
    case "verbatim":
      return (
        <div className={style.verbatim}>
          <TextField label={say("workflows.query.verbatim")} hint={say("workflows.query.verbatim.hint")} multiline isVerbatim value={part.json} onChange={(json) => onChange({ ...part, json })} error={error} />
          <IconButton icon={X} label={say("workflows.query.remove", { name: say("workflows.query.verbatim") })} onPress={onRemove} />
        </div>
      );
  }
}
