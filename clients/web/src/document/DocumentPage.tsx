import { Code, ConnectError } from "@connectrpc/connect";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { type ReactNode, useCallback, useState } from "react";

import { NowherePage } from "@/app/NowherePage";
import { useTitle } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { Tabs } from "@/parts/Tabs";
import { useWords } from "@/words/words";

import { DownloadMeter, WaitingMeter } from "./actions/DownloadMeter";
import { useDownload } from "./actions/useDownload";
import { PageDesk } from "./desk/PageDesk";
import { DocumentHeader } from "./DocumentHeader";
import { useIsNarrow } from "./narrow";
import { Panels } from "./panels/Panels";
import { usePrinting } from "./printing/usePrinting";
import { ReadingNow } from "./reading/ReadingNow";
import { PageStrip } from "./strip/PageStrip";
import type { Panel } from "./state";
import { isBeingRead, useDocument } from "./useDocument";
import { useFiles } from "./useFiles";
import type { Reading } from "./viewer/reading";
import { showingKey, showingOf } from "./viewer/showing";
import { type PdfOpening, usePdf } from "./viewer/usePdf";
import { useFoundPage } from "./viewer/useTerms";
import { Viewer } from "./viewer/Viewer";

import style from "./DocumentPage.module.css";

const ROUTE = "/inside/documents/$documentId";

/** One document: its pages, and beside them all that is known of it. */
export function DocumentPage() {
  const { documentId } = useParams({ from: ROUTE });
  const found = useDocument(documentId);
  if (found.data?.document) return <OpenDocument key={documentId} document={found.data.document} />;
  if (found.isError) {
    const isNowhere = [Code.NotFound, Code.InvalidArgument].includes(ConnectError.from(found.error).code);
    return isNowhere ? <NowherePage /> : <Problem error={found.error} onRetry={() => void found.refetch()} />;
  }
  return <Loading />;
}

function OpenDocument({ document: shown }: { readonly document: Document }) {
  useTitle(shown.title);
  const say = useWords();
  const { now, download } = useDownload();
  const [isArranging, setArranging] = useState(false);
  const showing = showingOf(shown);
  const mayArrange = showing.way === "pdf" && !shown.signed && !isBeingRead(shown);
  const files = useFiles();
  const opening = usePdf(files, showing.way === "pdf" ? { id: shown.id, kind: showing.kind } : null, showingKey(shown));
  const printing = usePrinting(opening.pdf);
  const isNarrow = useIsNarrow();
  const showPanel = useShownPanel();
  const arrange = () => {
    setArranging(true);
    if (isNarrow) showPanel(undefined);
  };
  return (
    <article className={style.document}>
      <DocumentHeader document={shown} onDownload={download} onPrint={printing.print} onEditPages={mayArrange ? arrange : null} />
      <DownloadMeter now={now} />
      {printing.now && <WaitingMeter now={printing.now} label={say("document.printing", { done: printing.now.done, total: printing.now.total })} />}
      <ReadingNow document={shown} />
      <Sides pages={<Pages document={shown} opening={opening} onArranged={isArranging ? () => setArranging(false) : null} />} details={<Panels document={shown} />} />
    </article>
  );
}

/** Pages and details beside each other; behind two tabs where there is no room for both. */
function Sides({ pages, details }: { readonly pages: ReactNode; readonly details: ReactNode }) {
  const say = useWords();
  const isNarrow = useIsNarrow();
  const { panel } = useSearch({ from: ROUTE });
  const showPanel = useShownPanel();
  if (!isNarrow) {
    return (
      <div className={style.sides}>
        <div className={style.pages}>{pages}</div>
        <div className={style.details}>{details}</div>
      </div>
    );
  }
  return (
    <div className={style.tabs}>
      <Tabs
        label={say("document.sides")}
        open={panel === undefined ? "pages" : "details"}
        onOpen={(side) => showPanel(side === "pages" ? undefined : "facts")}
        tabs={[
          { id: "pages", title: say("document.pages"), content: <div className={style.pages}>{pages}</div> },
          { id: "details", title: say("document.details"), content: <div className={style.details}>{details}</div> },
        ]}
      />
    </div>
  );
}

/** Gives a function that shows a panel of the details; on a phone none means the pages. */
function useShownPanel(): (panel: Panel | undefined) => void {
  const navigate = useNavigate({ from: "/documents/$documentId" });
  return (panel) => void navigate({ search: (old) => ({ ...old, panel }), state: true, replace: true, resetScroll: false });
}

/** The pages: to be read, or to be arranged while `onArranged` waits for that. */
function Pages({ document: shown, opening, onArranged }: { readonly document: Document; readonly opening: PdfOpening; readonly onArranged: (() => void) | null }) {
  const reading = useReading(shown);
  if (!reading) return <Loading />;
  if (onArranged && opening.pdf) return <PageDesk document={shown} pdf={opening.pdf} onClose={onArranged} />;
  return (
    <>
      {opening.pdf && opening.pdf.numPages > 1 && <PageStrip pdf={opening.pdf} reading={reading} />}
      <Viewer reading={reading} opening={opening} />
    </>
  );
}

/** Gives how the document is read, by the address; null until the page is known that a search leads to. */
function useReading(shown: Document): Reading | null {
  const { page, q = "" } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: "/documents/$documentId" });
  const [isPageGiven] = useState(page !== undefined);
  const [typed, setTyped] = useState("");
  const [isFinding, setFinding] = useState(false);
  const foundPage = useFoundPage(shown.id, isPageGiven ? "" : q);
  const go = useCallback(
    (search: { page?: number; q?: undefined }) => void navigate({ search: (old) => ({ ...old, ...search }), state: true, replace: true, resetScroll: false }),
    [navigate],
  );
  const onPage = useCallback((wanted: number) => go({ page: wanted }), [go]);
  if (foundPage === null) return null;
  return {
    document: shown,
    page: page ?? foundPage ?? 1,
    isPageGiven,
    onPage,
    query: q,
    onForgetQuery: () => go({ q: undefined }),
    typed,
    onType: setTyped,
    isFinding,
    onFinding: setFinding,
  };
}
