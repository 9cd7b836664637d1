import { useState } from "react";

import { TextField } from "@/parts/TextField";

interface InPlaceTextProps {
  readonly label: string;
  readonly value: string;
  /** Null when all is well, else what is wrong. */
  readonly onSave: (text: string) => Promise<string | null>;
  readonly isReadOnly: boolean;
  readonly multiline?: boolean;
  readonly inputMode?: "numeric" | "decimal" | "url" | "email";
  readonly hint?: string | undefined;
}

/** A text that is saved as soon as one leaves it: Enter saves, Escape restores. */
export function InPlaceText({ label, value, onSave, isReadOnly, multiline = false, inputMode, hint }: InPlaceTextProps) {
  // What is being written; null while the document's own value stands there.
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const restore = () => {
    setDraft(null);
    setWrong(null);
  };
  const save = async () => {
    if (draft === null || draft === value) {
      restore();
      return;
    }
    const told = await onSave(draft);
    setWrong(told);
    if (told === null) setDraft(null);
  };
  return (
    <TextField
      label={label}
      value={draft ?? value}
      onChange={setDraft}
      multiline={multiline}
      isReadOnly={isReadOnly}
      error={wrong ?? undefined}
      hint={hint}
      {...(inputMode && { inputMode })}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        } else if (event.key === "Escape" && draft !== null) restore();
        else event.continuePropagation();
      }}
    />
  );
}
