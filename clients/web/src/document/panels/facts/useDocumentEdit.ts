import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { callUnaryMethod, createConnectQueryKey, useTransport } from "@connectrpc/connect-query";
import { create } from "@bufbuild/protobuf";
import { type Document, DocumentService, GetDocumentResponseSchema } from "@sdk/scriba/v1/documents_pb.js";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { changed, changesNothing, type Edit, inverseOf, isConflict, requestOf } from "@/document/panels/facts/edits";
import { refreshAround } from "@/document/panels/refreshing";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

// So often somebody else may be quicker before it is told.
const TRIES = 3;

/** Somebody else changed the same of the document meanwhile. */
export interface Clash {
  readonly edit: Edit;
  readonly mine: Document;
  readonly theirs: Document;
}

/** Null when it was saved, else what is wrong with the value. */
export type Outcome = string | null;

export interface DocumentEdit {
  readonly change: (edit: Edit, isUndo?: boolean) => Promise<Outcome>;
  readonly clash: Clash | null;
  readonly leaveClash: () => void;
}

class Clashed extends Error {
  readonly theirs: Document;

  constructor(theirs: Document) {
    super("somebody else changed the same");
    this.theirs = theirs;
  }
}

/** Changes a document one thing at a time: seen at once, saved in turn, told with a way back. */
export function useDocumentEdit(id: string): DocumentEdit {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const queries = useQueryClient();
  const [clash, setClash] = useState<Clash | null>(null);
  const desk = deskOf(queries, transport, id);
  const saving = useMutation({
    mutationKey: ["document", id],
    // One after another, each with the etag that the one before left.
    scope: { id: `document ${id}` },
    mutationFn: ({ edit, read }: { edit: Edit; read: Document }) => desk.send(edit, read),
  });
  const change = async (edit: Edit, isUndo = false): Promise<Outcome> => {
    const read = desk.read();
    if (!read || changesNothing(read, edit)) return null;
    desk.show(changed(read, edit));
    try {
      const after = await saving.mutateAsync({ edit, read });
      const back = inverseOf(read, after, edit);
      notify(say(isUndo ? "panels.undone" : "panels.saved", { what: edit.path === "fields" ? edit.value.field : say(`panels.facts.${edit.path}`) }), isUndo ? undefined : () => void change(back, true));
      return null;
    } catch (error) {
      desk.show(error instanceof Clashed ? error.theirs : read);
      if (error instanceof Clashed) {
        setClash({ edit, mine: changed(error.theirs, edit), theirs: error.theirs });
        return null;
      }
      const [violation] = Object.values(refusalOf(error).violations);
      const words = violation ?? explain(error);
      if (isUndo) notifyWrong(words);
      return words;
    }
  };
  return { change, clash, leaveClash: () => setClash(null) };
}

/** What is on the page of one document, and the way to the server for it. */
function deskOf(queries: QueryClient, transport: Transport, id: string) {
  const key = createConnectQueryKey({ schema: DocumentService.method.getDocument, input: { id }, transport, cardinality: "finite" });
  const read = () => queries.getQueryData(key)?.document;
  const show = (document: Document) => void queries.setQueryData(key, create(GetDocumentResponseSchema, { document }));
  const update = async (edit: Edit, document: Document) => {
    const answer = await callUnaryMethod(transport, DocumentService.method.updateDocument, requestOf(document, edit));
    return answer.document ?? document;
  };
  const send = async (edit: Edit, asRead: Document): Promise<Document> => {
    await queries.cancelQueries({ queryKey: key });
    let standing: Document = { ...asRead, etag: read()?.etag ?? asRead.etag };
    for (let turn = 1; ; turn++) {
      try {
        const after = await update(edit, standing);
        const shown = read();
        const isLast = queries.isMutating({ mutationKey: ["document", id] }) <= 1;
        show(isLast || !shown ? after : { ...shown, etag: after.etag });
        refreshAround(queries, transport);
        return after;
      } catch (error) {
        if (ConnectError.from(error).code !== Code.Aborted || turn === TRIES) throw error;
        const fresh = (await callUnaryMethod(transport, DocumentService.method.getDocument, { id })).document;
        if (!fresh) throw error;
        if (isConflict(asRead, fresh, edit)) throw new Clashed(fresh);
        standing = fresh;
      }
    }
  };
  return { read, show, send };
}
