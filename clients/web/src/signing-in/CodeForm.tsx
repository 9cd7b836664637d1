import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { TextField } from "@/parts/TextField";
import { codeOfTyping } from "@/signing-in/code";
import { useDoorWords } from "@/signing-in/reasons";
import { useWords } from "@/words/words";

import style from "./forms.module.css";

interface CodeFormProps {
  /** The one tried before, which `error` speaks of. */
  readonly code: string;
  readonly error: Error | null;
  readonly onCode: (code: string) => void;
  /** The same code is tried once more. */
  readonly onAgain: () => void;
}

export function CodeForm({ code, error, onCode, onAgain }: CodeFormProps) {
  const say = useWords();
  const explain = useDoorWords();
  const [typed, setTyped] = useState(code);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const next = codeOfTyping(typed);
    if (next === code) onAgain();
    else onCode(next);
  };
  return (
    <form className={style.form} onSubmit={submit}>
      <TextField
        label={say("invitation.code")}
        hint={say("invitation.code.hint")}
        autoComplete="off"
        isVerbatim
        autoFocus
        isRequired
        value={typed}
        onChange={setTyped}
        error={error ? explain(error) : undefined}
      />
      <Button type="submit" look="main">
        {say("invitation.go_on")}
      </Button>
    </form>
  );
}
