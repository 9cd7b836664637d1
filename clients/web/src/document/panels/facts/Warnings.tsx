import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { TriangleAlert } from "lucide-react";

import { saidProblem } from "@/parts/problems";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

/** What somebody should know of a document that was stored all the same, in the server's words. */
export function Warnings({ document }: { readonly document: Document }) {
  const say = useWords();
  if (document.warnings.length === 0) return null;
  return (
    <ul className={style.warnings} aria-label={say("panels.warnings")}>
      {document.warnings.map(({ code, message, page }) => (
        <li key={`${code} ${page} ${message}`} className={style.warning}>
          <TriangleAlert size={18} aria-hidden />
          <span>{page > 0 ? say("panels.warning.page", { page, message: saidProblem(message, say) }) : saidProblem(message, say)}</span>
        </li>
      ))}
    </ul>
  );
}
