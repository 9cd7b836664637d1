/** What a viewer of any kind is told about how a document is being read, and tells. */

import type { Document } from "@sdk/scriba/v1/documents_pb.js";

export interface Reading {
  readonly document: Document;
  /** Counted from 1. */
  readonly page: number;
  /** The address names the page: nothing else shall lead away from it at first. */
  readonly isPageGiven: boolean;
  readonly onPage: (page: number) => void;
  /** The search that led here; "" for none. */
  readonly query: string;
  readonly onForgetQuery: () => void;
  /** What is being looked for in this document alone. */
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly isFinding: boolean;
  readonly onFinding: (isFinding: boolean) => void;
}
