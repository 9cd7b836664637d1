import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import type { Assignment } from "@sdk/scriba/v1/assignments_pb.js";
import { createContext, useContext } from "react";

import type { DocumentEdit } from "@/document/panels/facts/useDocumentEdit";

/** What all boxes of the facts stand on. */
export interface Facts {
  readonly document: Document;
  readonly mayEdit: boolean;
  readonly change: DocumentEdit["change"];
  readonly assignments: readonly Assignment[];
}

export const FactsContext = createContext<Facts | null>(null);

export function useFacts(): Facts {
  const facts = useContext(FactsContext);
  if (!facts) throw new Error("a fact stands outside the facts of a document");
  return facts;
}
