import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useCallback } from "react";

import style from "./PageThumb.module.css";

const WIDTH = 140;

/** A page, drawn small. */
export function PageThumb({ pdf, page, turn = 0 }: { readonly pdf: PDFDocumentProxy; readonly page: number; readonly turn?: number }) {
  const draw = useCallback(
    (canvas: HTMLCanvasElement) => {
      const drawing: { task?: RenderTask; isOver: boolean } = { isOver: false };
      void pdf.getPage(page).then(async (shown) => {
        if (drawing.isOver) return;
        const whole = shown.getViewport({ scale: 1 });
        const viewport = shown.getViewport({ scale: (WIDTH * Math.min(devicePixelRatio, 2)) / Math.max(whole.width, whole.height * 0.7) });
        canvas.width = viewport.width;
        canvas.height = viewport.height;
        drawing.task = shown.render({ canvas, viewport });
        await drawing.task.promise;
      }).catch(() => undefined); // called off, or a page that cannot be drawn, which the viewer tells of
      return () => {
        drawing.isOver = true;
        drawing.task?.cancel();
      };
    },
    [pdf, page],
  );
  return <canvas ref={draw} className={style.thumb} aria-hidden style={{ rotate: `${turn}deg` }} />;
}
