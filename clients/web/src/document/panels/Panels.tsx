import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { FactsPanel } from "@/document/panels/facts/FactsPanel";
import { documentStateOf, type Panel } from "@/document/state";
import { Tabs } from "@/parts/Tabs";
import { useWords } from "@/words/words";

import style from "./Panels.module.css";

/** All that is known of a document beside its pages. Which of it is open stands in the address. */
export function Panels({ document }: { readonly document: Document }) {
  const say = useWords();
  const navigate = useNavigate();
  const { panel = "facts" } = documentStateOf(useSearch({ strict: false }));
  const open = (next: Panel) => void navigate({ to: ".", search: (now) => ({ ...now, panel: next === "facts" ? undefined : next }) });
  return (
    <aside className={style.panels} aria-label={say("panels.label")}>
      <Tabs<Panel> label={say("panels.label")} open={panel} onOpen={open} tabs={[{ id: "facts", title: say("panels.facts"), content: <FactsPanel document={document} /> }]} />
    </aside>
  );
}
