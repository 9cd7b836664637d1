import { useQuery } from "@connectrpc/connect-query";
import { Link } from "@tanstack/react-router";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";

import { DocumentCards } from "@/home/DocumentCards";
import { useWords } from "@/words/words";

import style from "./home.module.css";

const SHOWN = 8;
const LOOK_MILLISECONDS = 10_000;

/** What came in last. */
export function RecentSection() {
  const say = useWords();
  const { data } = useQuery(DocumentService.method.listDocuments, { pageSize: SHOWN }, { refetchInterval: LOOK_MILLISECONDS });
  if (!data || data.documents.length === 0) return null;
  return (
    <section className={style.section} aria-labelledby="recent">
      <header className={style.header}>
        <h2 id="recent">{say("home.recent")}</h2>
        <Link to="/documents">{say("home.all")}</Link>
      </header>
      <DocumentCards documents={data.documents} />
    </section>
  );
}
