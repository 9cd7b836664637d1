import { useMutation, useQuery } from "@connectrpc/connect-query";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { type Note, NoteService } from "@sdk/scriba/v1/notes_pb.js";
import { StickyNote } from "lucide-react";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { onSaveKeys } from "@/document/panels/notes/keys";
import { NoteEntry } from "@/document/panels/notes/NoteEntry";
import { Button } from "@/parts/Button";
import { notify, notifyWrong } from "@/parts/notices";
import { Empty, Loading, Problem, useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { useWords } from "@/words/words";

import style from "./notes.module.css";

/** What people wrote on a document, the oldest first, and a place to write more. */
export function NotesPanel({ document }: { readonly document: Document }) {
  const say = useWords();
  const may = useMay();
  const explain = useExplanation();
  const notes = useQuery(NoteService.method.listNotes, { documentId: document.id });
  const creating = useMutation(NoteService.method.createNote);
  const updating = useMutation(NoteService.method.updateNote);
  const deleting = useMutation(NoteService.method.deleteNote);
  const mayEdit = may.edit && !document.deleteTime;
  const attempt = async (act: () => Promise<unknown>, text: string, undo?: () => void): Promise<boolean> => {
    try {
      await act();
      notify(text, undo);
      await notes.refetch();
      return true;
    } catch (error) {
      notifyWrong(explain(error));
      return false;
    }
  };
  const write = (text: string) => creating.mutateAsync({ documentId: document.id, text });
  const rewrite = (note: Note, text: string) => updating.mutateAsync({ documentId: document.id, id: note.id, text });
  const back = (note: Note) => () => void attempt(() => rewrite(note, note.text), say("panels.undone", { what: say("panels.note") }));
  const again = (note: Note) => () => void attempt(() => write(note.text), say("panels.note.again"));
  if (notes.isPending) return <Loading />;
  if (notes.error) return <Problem error={notes.error} onRetry={() => void notes.refetch()} />;
  return (
    <div className={style.notes}>
      {notes.data.notes.length === 0 && (
        <Empty icon={StickyNote} title={say("panels.notes.none")}>
          <p>{say("panels.notes.none.about")}</p>
        </Empty>
      )}
      <ol className={style.list} aria-label={say("panels.notes")}>
        {notes.data.notes.map((note) => (
          <NoteEntry
            key={note.id}
            note={note}
            mayEdit={mayEdit}
            onSave={(text) => attempt(() => rewrite(note, text), say("panels.saved", { what: say("panels.note") }), back(note))}
            onDelete={() => void attempt(() => deleting.mutateAsync({ documentId: document.id, id: note.id }), say("panels.note.deleted"), again(note))}
          />
        ))}
      </ol>
      {mayEdit && <NewNote onWrite={(text) => attempt(() => write(text), say("panels.note.added"))} />}
    </div>
  );
}

function NewNote({ onWrite }: { readonly onWrite: (text: string) => Promise<boolean> }) {
  const say = useWords();
  const [text, setText] = useState("");
  const write = async () => {
    if (text.trim() !== "" && (await onWrite(text.trim()))) setText("");
  };
  return (
    <div className={style.new}>
      <TextField label={say("panels.note.new")} multiline value={text} onChange={setText} hint={say("panels.note.keys")} onKeyDown={onSaveKeys(() => void write())} />
      <Button look="main" isDisabled={text.trim() === ""} onPress={() => void write()}>
        {say("panels.note.add")}
      </Button>
    </div>
  );
}
