import { useQuery, useTransport } from "@connectrpc/connect-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";
import { Plus, Tags } from "lucide-react";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { useBulk } from "@/library/bulk";
import { Button } from "@/parts/Button";
import { Meter } from "@/parts/Meter";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { Tabs } from "@/parts/Tabs";
import { TextField } from "@/parts/TextField";
import { AccessDialog } from "@/settings/access/AccessDialog";
import { applyRules } from "@/settings/catalog/applying";
import { KIND_NAMES, KINDS, type KindName } from "@/settings/catalog/kinds";
import { LabelDialog } from "@/settings/catalog/LabelDialog";
import { LabelTable } from "@/settings/catalog/LabelTable";
import { useWords } from "@/words/words";

import style from "./catalog.module.css";

const ALL = 1000;
const NEW = "new";
const ACCESS = "access";

/** Correspondents, types, tags and storage paths, each with its rule. */
export function LabelsPage() {
  const say = useWords();
  const navigate = useNavigate();
  const { open = "" } = useSearch({ from: "/inside/settings/$subject" });
  const [kindPart, ...rest] = open.split("/");
  const opened = rest.length > 0 ? rest.join("/") : undefined;
  const kind = KIND_NAMES.find((name) => name === kindPart) ?? "tags";
  const go = (next: KindName, label?: string) =>
    void navigate({ to: ".", search: { open: label === undefined ? next : `${next}/${label}` }, replace: label === undefined });
  return (
    <Page
      title={say("settings.labels")}
      actions={
        useMay().edit && (
          <Button look="main" icon={Plus} onPress={() => go(kind, NEW)}>
            {say(`labels.new.${kind}`)}
          </Button>
        )
      }
    >
      <Tabs
        label={say("settings.labels")}
        open={kind}
        onOpen={(next) => go(next)}
        tabs={KIND_NAMES.map((id) => ({
          id,
          title: say(`labels.${id}`),
          content: <LabelList key={id} kind={id} opened={opened} onOpen={(label) => go(id, label)} onClose={() => go(id)} />,
        }))}
      />
    </Page>
  );
}

interface LabelListProps {
  readonly kind: KindName;
  readonly opened: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

function LabelList({ kind, opened, onOpen, onClose }: LabelListProps) {
  const say = useWords();
  const transport = useTransport();
  const bulk = useBulk();
  const [sought, setSought] = useState("");
  const { data, error, refetch } = useQuery(CatalogService.method.listLabels, { kind: KINDS[kind], pageSize: ALL });
  if (!data) return error ? <Problem error={error} onRetry={() => void refetch()} /> : <Loading />;
  const shown = data.labels.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  const [labelId, part] = (opened ?? "").split("/");
  const label = data.labels.find(({ id }) => id === labelId);
  const apply = (documentIds: readonly string[]) => void bulk.follow(() => applyRules(transport, KINDS[kind], documentIds), "labels.applied");
  return (
    <div className={style.list}>
      {bulk.progress && <Meter label={say("labels.applying", { ...bulk.progress })} {...bulk.progress} />}
      {data.labels.length === 0 ? (
        <Empty icon={Tags} title={say(`labels.empty.${kind}`)}>
          <p>{say("labels.empty.text")}</p>
        </Empty>
      ) : (
        <>
          <TextField label={say("labels.filter")} value={sought} onChange={setSought} type="search" />
          <LabelTable kind={kind} labels={shown} onOpen={onOpen} onAccess={(id) => onOpen(`${id}/${ACCESS}`)} />
        </>
      )}
      {opened === NEW && <LabelDialog kind={kind} label={null} labels={data.labels} onClose={onClose} onApply={apply} />}
      {label && part === undefined && <LabelDialog key={label.id} kind={kind} label={label} labels={data.labels} onClose={onClose} onApply={apply} />}
      {label && part === ACCESS && (
        <AccessDialog item={{ case: "labelId", value: label.id }} name={label.name} givesDocuments={kind === "tags" || kind === "paths"} onClose={onClose} />
      )}
    </div>
  );
}
