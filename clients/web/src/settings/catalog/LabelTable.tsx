import { useMutation } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CatalogService, type Label } from "@sdk/scriba/v1/catalog_pb.js";
import { Trash2, Users } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";

import { useMay } from "@/app/queries";
import { useFormats } from "@/formats/formats";
import { written } from "@/library/terms";
import { Button, IconButton } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { DataTable, type Column } from "@/parts/DataTable";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { matchingName, SEARCH_FIELDS, usesPattern, type KindName } from "@/settings/catalog/kinds";
import { asTree, type Placed } from "@/settings/catalog/tree";
import { useWords } from "@/words/words";

import style from "./catalog.module.css";

interface LabelTableProps {
  readonly kind: KindName;
  readonly labels: readonly Label[];
  readonly onOpen: (id: string) => void;
  readonly onAccess: (id: string) => void;
}

export function LabelTable({ kind, labels, onOpen, onAccess }: LabelTableProps) {
  const say = useWords();
  const { count } = useFormats();
  const { edit } = useMay();
  const [leaving, setLeaving] = useState<Label | null>(null);
  const columns: readonly Column<Placed>[] = [
    { id: "name", title: say("labels.name"), cell: (placed) => <Name placed={placed} isTag={kind === "tags"} onOpen={edit ? onOpen : null} /> },
    { id: "rule", title: say("labels.matching"), cell: ({ label }) => <Rule label={label} /> },
    {
      id: "documents",
      title: say("labels.documents"),
      isNumber: true,
      cell: ({ label }) => (
        <Link to="/documents" search={{ q: written({ field: SEARCH_FIELDS[kind], value: label.name }) }}>
          {count(label.documentCount)}
        </Link>
      ),
    },
  ];
  const deeds: Column<Placed> = {
    id: "deeds",
    title: say("labels.deeds"),
    hidesTitle: true,
    cell: ({ label }) => (
      <span className={style.deeds}>
        <IconButton icon={Users} label={say("access.of", { name: label.name })} onPress={() => onAccess(label.id)} />
        <IconButton icon={Trash2} label={say("parts.remove", { what: label.name })} onPress={() => setLeaving(label)} />
      </span>
    ),
  };
  return (
    <>
      <DataTable label={say(`labels.${kind}`)} rows={asTree(labels)} keyOf={({ label }) => label.id} columns={edit ? [...columns, deeds] : columns} />
      {leaving && <RemovalDialog label={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

interface NameProps {
  readonly placed: Placed;
  readonly isTag: boolean;
  readonly onOpen: ((id: string) => void) | null;
}

function Name({ placed: { label, depth }, isTag, onOpen }: NameProps) {
  const say = useWords();
  const name = isTag ? <Chip text={label.name} colour={label.colour} /> : label.name;
  return (
    <span className={style.name} style={{ paddingInlineStart: `${depth * 1.5}rem` }}>
      {onOpen ? (
        <AriaButton className={style.open ?? ""} onPress={() => onOpen(label.id)}>
          {name}
        </AriaButton>
      ) : (
        name
      )}
      {label.inbox && <Chip text={say("app.inbox")} />}
    </span>
  );
}

function Rule({ label: { matching, pattern } }: { readonly label: Label }) {
  const say = useWords();
  return (
    <>
      {say(`labels.matching.${matchingName(matching)}`)} {usesPattern(matching) && <code>{pattern}</code>}
    </>
  );
}

/** It cannot be undone: the documents forget that they bore it. */
function RemovalDialog({ label: { id, etag, name, documentCount }, onClose }: { readonly label: Label; readonly onClose: () => void }) {
  const say = useWords();
  const explain = useExplanation();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation(CatalogService.method.deleteLabel, {
    onSuccess: async ({ documentsChanged }) => {
      await client.invalidateQueries();
      notify(say("labels.removed", { name, count: Number(documentsChanged) }));
      onClose();
    },
    onError: (error) => notifyWrong(explain(error)),
  });
  return (
    <Dialog
      title={say("parts.remove", { what: name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" icon={Trash2} isDisabled={isPending} onPress={() => mutate({ id, etag })}>
            {say("labels.remove")}
          </Button>
        </>
      }
    >
      <p>{say("labels.remove.about", { count: Number(documentCount) })}</p>
    </Dialog>
  );
}
