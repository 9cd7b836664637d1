import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { FileWarning } from "lucide-react";
import { useCallback, useState } from "react";

import { usePagePicture } from "./pagePictures";

import style from "./PageThumb.module.css";

// So that a page is there when it comes into sight.
const AROUND = "200px";

/** A page, drawn small once it comes into sight. */
export function PageThumb({ pdf, page, turn = 0 }: { readonly pdf: PDFDocumentProxy; readonly page: number; readonly turn?: number }) {
  const [isInSight, setInSight] = useState(false);
  const look = useCallback((frame: HTMLElement) => {
    const observer = new IntersectionObserver((entries) => setInSight(entries.some(({ isIntersecting }) => isIntersecting)), { rootMargin: AROUND });
    observer.observe(frame);
    return () => observer.disconnect();
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
