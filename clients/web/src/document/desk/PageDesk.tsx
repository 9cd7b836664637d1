import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { ArrowLeft, ArrowRight, CopyPlus, GripVertical, RotateCcw, RotateCw, Scissors, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton, GridList, GridListItem, useDragAndDrop, type Selection } from "react-aria-components";

import { PageThumb } from "@/document/strip/PageThumb";
import { Button, IconButton } from "@/parts/Button";
import { Checkbox } from "@/parts/Checks";
import { useWords } from "@/words/words";

import { allLeaves, cutBefore, isChanged, moved, partsOf, shifted, turned, without, type Leaf, type Leaves } from "./leaves";
import { usePageOrder } from "./usePageOrder";

import style from "./PageDesk.module.css";

interface PageDeskProps {
  readonly document: Document;
  readonly pdf: PDFDocumentProxy;
  readonly onClose: () => void;
}

/** Where pages are turned, put in order, left out and cut apart. Nothing happens to the document before all is ordered at once. */
export function PageDesk({ document: shown, pdf, onClose }: PageDeskProps) {
  const say = useWords();
  const [past, setPast] = useState<readonly Leaves[]>([allLeaves(pdf.numPages)]);
  const [selection, setSelection] = useState<Selection>(new Set());
  const [deletesSource, setDeletesSource] = useState(true);
  const leaves = past.at(-1) ?? [];
  const order = usePageOrder(shown, onClose);
  const chosen = chosenOf(leaves, selection);
  const change = (next: Leaves) => {
    if (next !== leaves) setPast([...past, next]);
  };
  const parts = partsOf(leaves).length;
  const isNone = chosen.size === 0 || order.isPending;
  const tools = [
    { icon: RotateCcw, label: say("document.turn_left"), act: () => change(turned(leaves, chosen, 270)) },
    { icon: RotateCw, label: say("document.turn_right"), act: () => change(turned(leaves, chosen, 90)) },
    { icon: ArrowLeft, label: say("document.move_back"), act: () => change(shifted(leaves, chosen, "back")) },
    { icon: ArrowRight, label: say("document.move_on"), act: () => change(shifted(leaves, chosen, "on")) },
    { icon: Scissors, label: say("document.cut_before"), act: () => change(cutBefore(leaves, chosen)) },
    { icon: Trash2, label: say("document.leave_out"), act: () => change(without(leaves, chosen)) },
    { icon: CopyPlus, label: say("document.extract"), act: () => order.mutate({ leaves: leaves.filter(({ number }) => chosen.has(number)), extract: true, deleteSource: false }) },
  ];
  return (
    <section className={style.desk} aria-label={say("document.edit_pages")}>
      <div className={style.tools} role="toolbar" aria-label={say("document.edit_pages")}>
        {tools.map(({ icon, label, act }) => <IconButton key={label} icon={icon} label={label} isDisabled={isNone} onPress={act} />)}
        <IconButton icon={Undo2} label={say("document.step_back")} isDisabled={past.length < 2 || order.isPending} onPress={() => setPast(past.slice(0, -1))} />
        <span role="status" className={style.told}>{chosen.size === 0 ? say("document.choose_pages") : say("document.chosen_pages", { count: chosen.size })}</span>
      </div>
      <LeafGrid pdf={pdf} leaves={leaves} selection={selection} onSelect={setSelection} onMove={change} />
      <footer className={style.foot}>
        <span role="status">{order.isPending ? say("document.arranging") : say("document.pending", { pages: leaves.length, gone: pdf.numPages - leaves.length, parts })}</span>
        {parts > 1 && <Checkbox isSelected={deletesSource} onChange={setDeletesSource}>{say("document.delete_source")}</Checkbox>}
        <Button isDisabled={order.isPending} onPress={onClose}>{say("parts.cancel")}</Button>
        <Button look="main" isDisabled={order.isPending || !isChanged(leaves, pdf.numPages)} onPress={() => order.mutate({ leaves, extract: false, deleteSource: parts > 1 && deletesSource })}>
          {parts > 1 ? say("document.split", { parts }) : say("document.arrange")}
        </Button>
      </footer>
    </section>
  );
}

interface LeafGridProps {
  readonly pdf: PDFDocumentProxy;
  readonly leaves: Leaves;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onMove: (leaves: Leaves) => void;
}

function LeafGrid({ pdf, leaves, selection, onSelect, onMove }: LeafGridProps) {
  const say = useWords();
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": String(key) })),
    onReorder: ({ keys, target: { key, dropPosition } }) => {
      if (dropPosition !== "on") onMove(moved(leaves, new Set([...keys].map(Number)), Number(key), dropPosition));
    },
  });
  return (
    <GridList
      className={style.grid ?? ""}
      layout="grid"
      aria-label={say("document.pages")}
      items={leaves.map((leaf) => ({ ...leaf, id: leaf.number }))}
      selectionMode="multiple"
      selectedKeys={selection}
      onSelectionChange={onSelect}
      dragAndDropHooks={dragAndDropHooks}
    >
      {(leaf: Leaf & { id: number }) => (
        <GridListItem className={style.leaf ?? ""} textValue={say("document.page", { page: leaf.number })} data-cut={leaf.cut || undefined}>
          <span className={style.picture}><PageThumb pdf={pdf} page={leaf.number} turn={leaf.turn} /></span>
          <span className={style.name}>
            <AriaButton slot="drag" className={style.grip ?? ""}><GripVertical size={16} aria-hidden /></AriaButton>
            {leaf.number}
            {leaf.cut && <small>{say("document.begins_here")}</small>}
          </span>
        </GridListItem>
      )}
    </GridList>
  );
}

function chosenOf(leaves: Leaves, selection: Selection): ReadonlySet<number> {
  const numbers = leaves.map(({ number }) => number);
  return new Set(selection === "all" ? numbers : numbers.filter((number) => selection.has(number)));
}
