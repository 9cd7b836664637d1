import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useCallback, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";

import { useWords } from "@/words/words";

import { PageBar } from "./PageBar";
import { PdfView, type PdfState } from "./pdf/PdfView";
import type { Reading } from "./reading";
import { useTerms } from "./useTerms";

import "./pdf/pdf.css";
import style from "./Viewer.module.css";

/** Pages of a PDF, with their bar. */
export function PdfPages({ pdf, reading }: { readonly pdf: PDFDocumentProxy; readonly reading: Reading }) {
  const say = useWords();
  const [view, setView] = useState<PdfView | null>(null);
  const nameOf = (page: number) => say("document.page_of", { page, pages: pdf.numPages });
  const start = useRef({ page: reading.page, nameOf });
  useEffect(() => {
    start.current = { page: reading.page, nameOf };
  });
  const hold = useCallback(
    (box: HTMLDivElement) => {
      const made = new PdfView(box, pdf, start.current.page, (page) => start.current.nameOf(page));
      setView(made);
      return () => {
        setView(null);
        made.close();
      };
    },
    [pdf],
  );
  const state = usePdfState(view);
  useSamePage(view, state?.page ?? reading.page, reading);
  useMarks(view, reading);
  return (
    <>
      <PageBar pages={pdf.numPages} reading={reading} view={view} state={state} />
      <div className={style.frame}>
        {/* The keys of a scrolled box need its focus; pdf.js wants a box in a box. */}
        <div ref={hold} className={style.pages} tabIndex={0} role="region" aria-label={say("document.pages")}>
          <div className="pdfViewer" />
        </div>
      </div>
    </>
  );
}

function usePdfState(view: PdfView | null): PdfState | null {
  const subscribe = useCallback((tell: () => void) => view?.subscribe(tell) ?? (() => undefined), [view]);
  return useSyncExternalStore(subscribe, () => view?.state ?? null);
}

/** Keeps the page that is shown and the one in the address the same, whichever changed. */
function useSamePage(view: PdfView | null, shown: number, { page, onPage }: Reading): void {
  const follow = useEffectEvent((wanted: number) => {
    if (wanted !== shown) view?.goTo(wanted);
  });
  const tell = useEffectEvent((now: number) => {
    if (now !== page) onPage(now);
  });
  useEffect(() => follow(page), [page]);
  useEffect(() => tell(shown), [shown]);
}

function useMarks(view: PdfView | null, reading: Reading): void {
  const terms = useTerms(reading);
  const stays = useEffectEvent(() => reading.typed === "" && reading.isPageGiven);
  useEffect(() => {
    if (view && terms) view.find(terms, stays());
  }, [view, terms]);
}
