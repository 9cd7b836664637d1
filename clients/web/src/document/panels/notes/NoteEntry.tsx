import type { Note } from "@sdk/scriba/v1/notes_pb.js";
import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { onSaveKeys } from "@/document/panels/notes/keys";
import { useFormats } from "@/formats/formats";
import { Button, IconButton } from "@/parts/Button";
import { TextField } from "@/parts/TextField";
import { useWords } from "@/words/words";

import style from "./notes.module.css";

interface NoteEntryProps {
  readonly note: Note;
  readonly mayEdit: boolean;
  readonly onSave: (text: string) => Promise<boolean>;
  readonly onDelete: () => void;
}

/** A note: who wrote it, when, and what. */
export function NoteEntry({ note, mayEdit, onSave, onDelete }: NoteEntryProps) {
  const say = useWords();
  const formats = useFormats();
  const [draft, setDraft] = useState<string | null>(null);
  const isChanged = note.createTime && note.updateTime && timestampMs(note.updateTime) > timestampMs(note.createTime);
  const save = async () => {
    if (draft === null || draft.trim() === "") return;
    if (draft.trim() === note.text || (await onSave(draft.trim()))) setDraft(null);
  };
  return (
    <li className={style.note}>
      <header className={style.header}>
        <span>
          <strong>{note.author || say("panels.author.local")}</strong> · {formats.moment(note.createTime)}
          {isChanged && ` · ${say("panels.note.changed", { when: formats.moment(note.updateTime) })}`}
        </span>
        {mayEdit && draft === null && (
          <span className={style.actions}>
            <IconButton icon={Pencil} label={say("panels.note.edit")} onPress={() => setDraft(note.text)} />
            <IconButton icon={Trash2} label={say("panels.note.delete")} onPress={onDelete} />
          </span>
        )}
      </header>
      {draft === null ? (
        <p className={style.text}>{note.text}</p>
      ) : (
        <>
          <TextField label={say("panels.note")} multiline autoFocus value={draft} onChange={setDraft} onKeyDown={onSaveKeys(() => void save(), () => setDraft(null))} />
          <div className={style.line}>
            <Button onPress={() => setDraft(null)}>{say("parts.cancel")}</Button>
            <Button look="main" onPress={() => void save()}>
              {say("parts.save")}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
