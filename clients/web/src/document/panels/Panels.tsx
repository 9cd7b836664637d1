import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FileText, History, Layers, type LucideIcon, MessageSquareText, Share2, Waypoints } from "lucide-react";
import type { ReactNode } from "react";

import { FactsPanel } from "@/document/panels/facts/FactsPanel";
import { HistoryPanel } from "@/document/panels/history/HistoryPanel";
import { NotesPanel } from "@/document/panels/notes/NotesPanel";
import { RelatedPanel } from "@/document/panels/related/RelatedPanel";
import { SharingPanel } from "@/document/panels/sharing/SharingPanel";
import { VersionsPanel } from "@/document/panels/versions/VersionsPanel";
import { documentStateOf, type Panel, PANELS } from "@/document/state";
import { Tabs } from "@/parts/Tabs";
import { useWords } from "@/words/words";

import style from "./Panels.module.css";

const CONTENTS: Readonly<Record<Panel, (document: Document) => ReactNode>> = {
  facts: (document) => <FactsPanel document={document} />,
  notes: (document) => <NotesPanel document={document} />,
  history: (document) => <HistoryPanel document={document} />,
  versions: (document) => <VersionsPanel document={document} />,
  related: (document) => <RelatedPanel document={document} />,
  sharing: (document) => <SharingPanel document={document} />,
};

const ICONS: Readonly<Record<Panel, LucideIcon>> = { facts: FileText, notes: MessageSquareText, history: History, versions: Layers, related: Waypoints, sharing: Share2 };

/** All that is known of a document beside its pages. Which of it is open stands in the address. */
export function Panels({ document }: { readonly document: Document }) {
  const say = useWords();
  const navigate = useNavigate();
  const { panel = "facts" } = documentStateOf(useSearch({ strict: false }));
  const open = (next: Panel) => void navigate({ to: ".", search: (now) => ({ ...now, panel: next }), state: true });
  return (
    // A document's own boxes: what was being written into one is not carried over to the next.
    <aside key={document.id} className={style.panels} aria-label={say("panels.label")}>
      <Tabs<Panel> label={say("panels.label")} open={panel} onOpen={open} tabs={PANELS.map((id) => ({ id, title: say(`panels.${id}`), icon: ICONS[id], content: CONTENTS[id](document) }))} />
    </aside>
  );
}
