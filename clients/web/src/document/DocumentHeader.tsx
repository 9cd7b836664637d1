import { useCanGoBack, useNavigate, useRouter } from "@tanstack/react-router";
import { FileKind, type Document } from "@sdk/scriba/v1/documents_pb.js";
import { ArrowLeft, ChevronLeft, ChevronRight, Download, EllipsisVertical, Files, Mail, Printer, RotateCcw, ScanText, Share2, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";

import { useShortcuts, type Shortcut } from "@/app/keys/shortcuts";
import { useMay } from "@/app/queries";
import { Button, IconButton } from "@/parts/Button";
import { later } from "@/parts/later";
import { Menu, type MenuAction } from "@/parts/Menu";
import { useWords } from "@/words/words";

import { ReadAgainDialog } from "./actions/ReadAgainDialog";
import { useRemoval } from "./actions/useRemoval";
import type { Wanted } from "./files";
import { type ListPlace, useListPlace, useNeighbours } from "./neighbours";
import { isBeingRead } from "./useDocument";

import style from "./DocumentHeader.module.css";

const SendDialog = later(async () => (await import("@/document/sending/SendDialog")).SendDialog);

interface DocumentHeaderProps {
  readonly document: Document;
  readonly onDownload: (wanted: Wanted) => void;
  /** Null where there is nothing to print, or nothing to cut up. */
  readonly onPrint: (() => void) | null;
  readonly onEditPages: (() => void) | null;
}

/** The document's name, and what can be done with it as a whole. */
export function DocumentHeader({ document: shown, onDownload, onPrint, onEditPages }: DocumentHeaderProps) {
  const say = useWords();
  const navigate = useNavigate();
  const may = useMay();
  const [readsAgain, setReadsAgain] = useState(false);
  const [sends, setSends] = useState(false);
  const { restore } = useRemoval(shown);
  const leave = useLeaving();
  const list = useListPlace();
  const remove = useRemoving(shown, leave);
  const original = () => onDownload({ id: shown.id, kind: FileKind.ORIGINAL });
  const archive = () => onDownload({ id: shown.id, kind: FileKind.ARCHIVE });
  const isTrash = shown.deleteTime !== undefined;
  useShortcuts(
    useMemo(
      () => [
        ...(onPrint ? [printKey(onPrint)] : []),
        ...(may.edit && !isTrash ? [{ keys: "Delete", word: "document.remove", act: () => void remove() } satisfies Shortcut] : []),
      ],
      [may.edit, isTrash, remove, onPrint],
    ),
  );
  const actions: readonly MenuAction[] = [
    { id: "original", text: say("document.download_original"), icon: Download, act: original },
    ...(shown.hasArchive ? [{ id: "archive", text: say("document.download_archive"), icon: Download, act: archive }] : []),
    ...(onPrint ? [{ id: "print", text: say("document.print"), icon: Printer, act: onPrint }] : []),
    ...(may.edit && !isTrash
      ? [
          { id: "share", text: say("document.share"), icon: Share2, act: () => void navigate({ to: ".", search: (old) => ({ ...old, panel: "sharing" as const }), state: true, replace: true }) },
          { id: "send", text: say("document.send"), icon: Mail, act: () => setSends(true) },
          ...(onEditPages ? [{ id: "pages", text: say("document.edit_pages"), icon: Files, act: onEditPages }] : []),
          { id: "again", text: say("document.read_again"), icon: ScanText, isDisabled: isBeingRead(shown), act: () => setReadsAgain(true) },
          { id: "remove", text: say("document.remove"), icon: Trash2, isDanger: true, act: () => void remove() },
        ]
      : []),
  ];
  return (
    <header className={style.header}>
      <IconButton icon={ArrowLeft} label={say("document.back")} onPress={leave} />
      <h1 className={style.title}>{shown.title}</h1>
      {list && <NeighbourButtons id={shown.id} list={list} />}
      <div className={style.wide}>
        <Button icon={Download} onPress={shown.hasArchive ? archive : original}>
          {say("document.download")}
        </Button>
        {onPrint && <IconButton icon={Printer} label={say("document.print")} onPress={onPrint} />}
        {may.edit && !isTrash && <IconButton icon={Trash2} label={say("document.remove")} onPress={() => void remove()} />}
      </div>
      {isTrash && may.edit && (
        <Button icon={RotateCcw} look="main" onPress={restore}>
          {say("document.restore")}
        </Button>
      )}
      <Menu label={say("document.actions")} actions={actions}>
        <IconButton icon={EllipsisVertical} label={say("document.actions")} />
      </Menu>
      <ReadAgainDialog document={shown} isOpen={readsAgain} onClose={() => setReadsAgain(false)} />
      {sends && <SendDialog documentIds={[shown.id]} title={shown.title} onClose={() => setSends(false)} />}
    </header>
  );
}

function NeighbourButtons({ id, list }: { readonly id: string; readonly list: ListPlace }) {
  const say = useWords();
  const navigate = useNavigate();
  const { before, after, place, total } = useNeighbours(id, list);
  const { source } = list;
  const [goBack, goOn] = useMemo(() => {
    const goTo = (next: { readonly id: string; readonly place: number } | undefined) => () => {
      if (!next) return;
      void navigate({ to: "/documents/$documentId", params: { documentId: next.id }, search: ({ q, panel }) => ({ q, panel }), state: { list: { source, place: next.place } }, replace: true });
    };
    return [goTo(before), goTo(after)];
    // eslint-disable-next-line react-hooks/exhaustive-deps -- neighbours are made anew at every rendering, and differ by these
  }, [navigate, before?.id, before?.place, after?.id, after?.place, source]);
  useShortcuts(
    useMemo(
      () => [
        { keys: "k", word: "document.before", act: goBack },
        { keys: "j", word: "document.after", act: goOn },
      ],
      [goBack, goOn],
    ),
  );
  return (
    <span className={style.neighbours}>
      <IconButton icon={ChevronLeft} label={say("document.before")} isDisabled={before === undefined} onPress={goBack} />
      {place !== null && <span>{say("document.place", { place: place + 1, length: total })}</span>}
      <IconButton icon={ChevronRight} label={say("document.after")} isDisabled={after === undefined} onPress={goOn} />
    </span>
  );
}

/** Takes the browser's own key for printing, which would print the page about the document. */
function printKey(print: () => void): Shortcut {
  return {
    keys: "$mod+p",
    word: "document.print",
    act: (event) => {
      event.preventDefault();
      print();
    },
  };
}

/** Gives a function that leads back to where one came from, or to all documents. */
function useLeaving(): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const navigate = useNavigate();
  return () => {
    if (canGoBack) router.history.back();
    else void navigate({ to: "/documents" });
  };
}

function useRemoving(shown: Document, leave: () => void): () => Promise<void> {
  const { remove } = useRemoval(shown);
  return async () => {
    if (await remove()) leave();
  };
}
