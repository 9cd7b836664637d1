import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { FileKind } from "@sdk/scriba/v1/documents_pb.js";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useCallback, useEffect, useEffectEvent, useRef } from "react";

import { readWhole } from "@/document/files";
import { useFiles } from "@/document/useFiles";
import { IconButton } from "@/parts/Button";
import { Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import { PageBox } from "./PageBar";
import type { Reading } from "./reading";
import { showingKey } from "./showing";

import bar from "./PageBar.module.css";
import style from "./Viewer.module.css";

const A4 = 1.414;

/** A document without a PDF, by the pictures that the archive made of its pages. */
export function PagePictures({ reading }: { readonly reading: Reading }) {
  const say = useWords();
  const { document: shown, page, onPage } = reading;
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoized by a compiler
  const pages = useVirtualizer({
    count: shown.pageCount,
    getScrollElement: () => box.current,
    estimateSize: () => (box.current?.clientWidth ?? 600) * A4,
    gap: 12,
    overscan: 1,
  });
  const goTo = (wanted: number) => {
    pages.scrollToIndex(wanted - 1, { align: "start" });
    onPage(wanted);
  };
  const begin = useEffectEvent(() => {
    if (page > 1) pages.scrollToIndex(page - 1, { align: "start" });
  });
  useEffect(() => begin(), []);
  return (
    <>
      <div className={bar.bar} role="toolbar" aria-label={say("document.bar")}>
        <IconButton icon={ChevronUp} label={say("document.page_before")} isDisabled={page <= 1} onPress={() => goTo(page - 1)} />
        <PageBox page={page} pages={shown.pageCount} onPage={goTo} />
        <IconButton icon={ChevronDown} label={say("document.page_after")} isDisabled={page >= shown.pageCount} onPress={() => goTo(page + 1)} />
      </div>
      <div className={style.frame}>
        <div ref={box} className={style.text} tabIndex={0} role="region" aria-label={say("document.pages")}>
          <div style={{ position: "relative", blockSize: pages.getTotalSize() }}>
            {pages.getVirtualItems().map(({ index, start }) => (
              <div key={index} data-index={index} ref={pages.measureElement} style={{ position: "absolute", insetInline: 0, translate: `0 ${start}px` }}>
                <PagePicture reading={reading} page={index + 1} />
              </div>
            ))}
          </div>
        </div>
      </div>
    </>
  );
}

function PagePicture({ reading: { document: shown }, page }: { readonly reading: Reading; readonly page: number }) {
  const say = useWords();
  const files = useFiles();
  const picture = useQuery({
    queryKey: ["page picture", showingKey(shown), page],
    queryFn: async ({ signal }) => {
      const { info, bytes } = await readWhole(files, { id: shown.id, kind: FileKind.PAGE, page }, signal);
      return new Blob([bytes], { type: info.mimeType });
    },
    staleTime: Infinity,
    gcTime: 30_000,
  });
  if (picture.isError) return <Problem error={picture.error} onRetry={() => void picture.refetch()} />;
  if (!picture.data) return <div className={style.waits} style={{ aspectRatio: `1 / ${A4}` }} />;
  return <BlobImage blob={picture.data} alt={say("document.page_of", { page, pages: shown.pageCount })} className={style.picture ?? ""} />;
}

/** A picture that came as bytes. */
export function BlobImage({ blob, alt, className }: { readonly blob: Blob; readonly alt: string; readonly className: string }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(blob);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob],
  );
  return <img ref={show} alt={alt} className={className} />;
}
