import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useVirtualizer } from "@tanstack/react-virtual";
import { TriangleAlert } from "lucide-react";
import { useEffect, useEffectEvent, useRef } from "react";

import type { Reading } from "@/document/viewer/reading";
import { useWords } from "@/words/words";

import { PageThumb } from "./PageThumb";

import style from "./PageStrip.module.css";

const ROW_HEIGHT = 176;

/** All pages small, beside the one that is read; only those in sight are drawn. */
export function PageStrip({ pdf, reading: { document: shown, page, onPage } }: { readonly pdf: PDFDocumentProxy; readonly reading: Reading }) {
  const say = useWords();
  const box = useRef<HTMLElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoized by a compiler
  const rows = useVirtualizer({ count: pdf.numPages, getScrollElement: () => box.current, estimateSize: () => ROW_HEIGHT, overscan: 2 });
  const follow = useEffectEvent((wanted: number) => rows.scrollToIndex(wanted - 1, { align: "auto" }));
  useEffect(() => follow(page), [page]);
  return (
    <nav ref={box} className={style.strip} aria-label={say("document.strip")}>
      <div style={{ position: "relative", blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const warnings = shown.warnings.filter((warning) => warning.page === index + 1).map(({ message }) => message);
          return (
            <button
              key={index}
              type="button"
              className={style.page}
              style={{ translate: `0 ${start}px`, blockSize: ROW_HEIGHT }}
              aria-current={index + 1 === page ? "page" : undefined}
              aria-label={[say("document.page_of", { page: index + 1, pages: pdf.numPages }), ...warnings].join(". ")}
              title={warnings.join("\n") || undefined}
              onClick={() => onPage(index + 1)}
            >
              <span className={style.picture}><PageThumb pdf={pdf} page={index + 1} /></span>
              <span className={style.number}>{warnings.length > 0 && <TriangleAlert size={14} aria-hidden />} {index + 1}</span>
            </button>
          );
        })}
      </div>
    </nav>
  );
}
