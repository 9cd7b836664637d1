import { FileWarning } from "lucide-react";
import type { ReactNode } from "react";

import { later } from "@/parts/later";
import { Empty, Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import { Unlocking } from "@/document/actions/Unlocking";

import { PagePictures } from "./PagePictures";
import type { Reading } from "./reading";
import { showingOf } from "./showing";
import { TextPages } from "./TextPages";
import type { PdfOpening } from "./usePdf";

import style from "./Viewer.module.css";

const PdfPages = later(async () => (await import("./PdfPages")).PdfPages, <Loading />);

/** The pages of a document, in the best way there is to show them. */
export function Viewer({ reading, opening }: { readonly reading: Reading; readonly opening: PdfOpening }) {
  return (
    <section className={style.viewer}>
      <Shown reading={reading} opening={opening} />
    </section>
  );
}

function Shown({ reading, opening: { pdf, problem, retry } }: { readonly reading: Reading; readonly opening: PdfOpening }): ReactNode {
  const say = useWords();
  switch (showingOf(reading.document).way) {
    case "pdf":
      return (
        <>
          {problem !== null && <div className={style.trouble}><Problem error={problem} onRetry={retry} /></div>}
          {pdf ? <PdfPages pdf={pdf} reading={reading} /> : problem === null && <Loading />}
        </>
      );
    case "text":
      return <TextPages reading={reading} />;
    case "pictures":
      return <PagePictures reading={reading} />;
    case "locked":
      return <Unlocking document={reading.document} />;
    case "nothing":
      return <Empty icon={FileWarning} title={say("document.no_pages")}><p>{say("document.no_pages.text")}</p></Empty>;
  }
}
