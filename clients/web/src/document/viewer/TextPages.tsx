import { useQuery } from "@tanstack/react-query";
import { FileKind, type Document } from "@sdk/scriba/v1/documents_pb.js";
import { useDeferredValue, useEffect, useMemo, useState } from "react";

import { useFiles } from "@/document/useFiles";
import { readStart } from "@/document/files";
import { Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import { FindBar } from "./FindBar";
import type { Reading } from "./reading";
import { showingKey } from "./showing";
import { useTerms } from "./useTerms";
import { marksIn, type Term } from "./words";

import style from "./Viewer.module.css";

// More than anybody reads on a page, and less than a browser takes long to lay out.
const MOST_BYTES = 1 << 20;

/** A document that is text and no more, with marks; never as HTML. */
export function TextPages({ reading }: { readonly reading: Reading }) {
  const say = useWords();
  const { document: shown, isFinding, query } = reading;
  const files = useFiles();
  const text = useQuery({ queryKey: ["text", showingKey(shown)], queryFn: ({ signal }) => readText(files, shown, signal), staleTime: Infinity });
  const terms = useDeferredValue(useTerms(reading));
  const [hit, setHit] = useState(0);
  const pages = useMemo(() => markedPages(text.data?.text ?? "", terms ?? []), [text.data, terms]);
  const hits = pages.reduce((count, { marks }) => count + marks, 0);
  const step = (way: 1 | -1) => setHit((old) => (hits === 0 ? 0 : ((old - 1 + way + hits) % hits) + 1));
  useEffect(() => {
    document.getElementById(`hit-${hit}`)?.scrollIntoView({ block: "center" });
  }, [hit, pages]);
  if (text.isError) return <div className={style.trouble}><Problem error={text.error} onRetry={() => void text.refetch()} /></div>;
  if (!text.data) return <Loading />;
  const shownHit = Math.min(Math.max(hit, 1), hits);
  return (
    <>
      {(isFinding || query !== "") && <FindBar reading={reading} hit={shownHit} hits={hits} isSearching={terms === null} onNext={() => step(1)} onPrevious={() => step(-1)} />}
      <div className={style.frame}>
        <div className={style.text} tabIndex={0} role="region" aria-label={say("document.pages")}>
          {pages.map(({ pieces }, place) => (
            <pre key={place} className={style.sheet}>
              {pieces.map(({ text: piece, hit: number }) => (number === 0 ? piece : <mark key={number} id={`hit-${number}`} data-selected={number === shownHit || undefined}>{piece}</mark>))}
            </pre>
          ))}
          {text.data.isCut && <p>{say("document.text_cut")}</p>}
        </div>
      </div>
    </>
  );
}

interface MarkedPage {
  readonly marks: number;
  /** `hit` counts from 1; 0 for what is not marked. */
  readonly pieces: readonly { readonly text: string; readonly hit: number }[];
}

/** Parts a text into its pages, and each page into what is marked and what is not. */
export function markedPages(text: string, terms: readonly Term[]): readonly MarkedPage[] {
  let hit = 0;
  return text.split("\f").map((page) => {
    const marks = marksIn(page, terms);
    const pieces: { text: string; hit: number }[] = [];
    let place = 0;
    for (const { index, length } of marks) {
      if (index > place) pieces.push({ text: page.slice(place, index), hit: 0 });
      hit += 1;
      pieces.push({ text: page.slice(index, index + length), hit });
      place = index + length;
    }
    if (place < page.length) pieces.push({ text: page.slice(place), hit: 0 });
    return { marks: marks.length, pieces };
  });
}

async function readText(files: ReturnType<typeof useFiles>, { id }: Document, signal: AbortSignal): Promise<{ text: string; isCut: boolean }> {
  const { info, bytes } = await readStart(files, { id, kind: FileKind.TEXT }, MOST_BYTES, signal);
  return { text: new TextDecoder().decode(bytes.subarray(0, MOST_BYTES)), isCut: Number(info.sizeBytes) > MOST_BYTES };
}
