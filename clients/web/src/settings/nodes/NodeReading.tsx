import { Link } from "@tanstack/react-router";
import type { Node } from "@sdk/scriba/v1/admin_pb.js";
import { FileText } from "lucide-react";
import { useEffect, useState } from "react";
import { useIntl } from "react-intl";

import { jobOf } from "@/adding/strip/jobs";
import { useLiveJobs } from "@/adding/strip/useLiveJobs";
import { useFormats } from "@/formats/formats";
import { type DocumentRead, documentsRead, hiddenPages } from "@/settings/nodes/reading";
import { useWords } from "@/words/words";

import style from "./nodes.module.css";

const SECOND_MILLISECONDS = 1_000;

/** Which pages of which documents a machine reads now. */
export function NodeReading({ node }: { readonly node: Node }) {
  const say = useWords();
  const now = useNow();
  const hidden = hiddenPages(node);
  return (
    <div className={style.reading}>
      <h3>{say("nodes.reading")}</h3>
      {node.pagesReading === 0 && <p className={style.faded}>{say("nodes.reading.none")}</p>}
      <ul>
        {documentsRead(node).map((read) => (
          <li key={read.documentId}>
            <DocumentLine read={read} now={now} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className={style.faded}>{say("nodes.reading.hidden", { count: hidden })}</p>}
    </div>
  );
}

function DocumentLine({ read: { documentId, pages, since }, now }: { readonly read: DocumentRead; readonly now: number }) {
  const say = useWords();
  const { span } = useFormats();
  const { formatList } = useIntl();
  // What is read has a job at work, which names the document.
  const label = jobOf(useLiveJobs(), documentId)?.label ?? "";
  return (
    <>
      <FileText size={18} aria-hidden />
      <Link to="/documents/$documentId" params={{ documentId }}>
        {label === "" ? say("nodes.reading.document", { id: documentId }) : label}
      </Link>
      <span>{say("nodes.reading.pages", { count: pages.length, pages: formatList(pages.map(String)) })}</span>
      {Number.isFinite(since) && <span className={style.faded}>{say("nodes.reading.since", { time: span((now - since) / SECOND_MILLISECONDS) })}</span>}
    </>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const clock = setInterval(() => setNow(Date.now()), SECOND_MILLISECONDS);
    return () => clearInterval(clock);
  }, []);
  return now;
}
