import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { FileWarning } from "lucide-react";
import { useCallback, useState } from "react";

import { usePagePicture } from "./pagePictures";

import style from "./PageThumb.module.css";

// So that a page is there when it comes into sight.
const AROUND = "200px";
// Pages that one scrolls past are not drawn: begun ones can't be called off, and those that one stops at would wait for them.
const STAYS_MILLISECONDS = 120;

/** A page, drawn small once it stays in sight. */
export function PageThumb({ pdf, page, turn = 0 }: { readonly pdf: PDFDocumentProxy; readonly page: number; readonly turn?: number }) {
  const [isInSight, setInSight] = useState(false);
  const look = useCallback((frame: HTMLElement) => {
    let staying: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        clearTimeout(staying);
        if (entries.at(-1)?.isIntersecting) staying = setTimeout(() => setInSight(true), STAYS_MILLISECONDS);
        else setInSight(false);
      },
      { rootMargin: AROUND },
    );
    observer.observe(frame);
    return () => {
      clearTimeout(staying);
      observer.disconnect();
    };
  }, []);
  const picture = usePagePicture(pdf, page, isInSight);
  return (
    <span ref={look} className={style.frame}>
      {picture ? (
        <img src={picture} alt="" draggable={false} className={style.thumb} style={{ rotate: `${turn}deg` }} />
      ) : (
        <span className={style.waits}>{picture === null && <FileWarning size={24} strokeWidth={1.25} aria-hidden />}</span>
      )}
    </span>
  );
}
