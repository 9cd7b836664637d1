import { Link } from "@tanstack/react-router";
import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";

import { havingField } from "@/library/terms";
import { IconButton } from "@/parts/Button";
import { DataTable, type Column } from "@/parts/DataTable";
import { RemovalDialog } from "@/settings/fields/RemovalDialog";
import { hasOptions, nameOfKind } from "@/settings/fields/kinds";
import { useWords } from "@/words/words";

import style from "./fields.module.css";

interface FieldTableProps {
  readonly fields: readonly Field[];
  /** Null for who may not change them. */
  readonly onOpen: ((id: string) => void) | null;
}

export function FieldTable({ fields, onOpen }: FieldTableProps) {
  const say = useWords();
  const [leaving, setLeaving] = useState<Field | null>(null);
  const columns: readonly Column<Field>[] = [
    { id: "name", title: say("fields.name"), cell: (field) => <Name field={field} onOpen={onOpen} /> },
    { id: "kind", title: say("fields.kind"), cell: ({ kind }) => say(`fields.kind.${nameOfKind(kind)}`) },
    { id: "more", title: say("fields.more"), cell: (field) => <More field={field} /> },
    {
      id: "documents",
      title: say("fields.documents"),
      cell: ({ name }) => (
        <Link to="/documents" search={{ q: havingField(name) }} aria-label={say("fields.documents.show_of", { name })}>
          {say("fields.documents.show")}
        </Link>
      ),
    },
  ];
  const removing: Column<Field> = {
    id: "remove",
    title: say("fields.remove"),
    hidesTitle: true,
    cell: (field) => <IconButton icon={Trash2} label={say("parts.remove", { what: field.name })} onPress={() => setLeaving(field)} />,
  };
  return (
    <>
      <DataTable label={say("settings.fields")} rows={fields} keyOf={({ id }) => id} columns={onOpen ? [...columns, removing] : columns} />
      {leaving && <RemovalDialog field={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function Name({ field: { id, name }, onOpen }: { readonly field: Field; readonly onOpen: ((id: string) => void) | null }) {
  if (!onOpen) return name;
  return (
    <AriaButton className={style.open ?? ""} onPress={() => onOpen(id)}>
      {name}
    </AriaButton>
  );
}

/** What a field of its kind has besides its name, and how it is read. */
function More({ field: { kind, options, currency, reminderDays, extraction } }: { readonly field: Field }) {
  const say = useWords();
  const facts = [
    hasOptions(kind) ? options.map(({ name }) => name).join(", ") : "",
    kind === FieldKind.MONEY ? currency : "",
    reminderDays > 0 ? say("fields.reminds", { days: reminderDays }) : "",
  ].filter(Boolean);
  if (facts.length === 0 && extraction === "") return null;
  return (
    <div className={style.facts}>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {extraction !== "" && (
        <span>
          {say("fields.reads")} <code>{extraction}</code>
        </span>
      )}
    </div>
  );
}
