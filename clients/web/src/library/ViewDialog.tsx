import { type SubmitEvent, useId, useState } from "react";

import { Button } from "@/parts/Button";
import { Checkbox } from "@/parts/Checks";
import { Dialog } from "@/parts/Dialog";
import { TextField } from "@/parts/TextField";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

/** What a person says of a view; the rest is as it is shown. */
export interface ViewWishes {
  readonly name: string;
  readonly sidebar: boolean;
  readonly dashboard: boolean;
}

interface ViewDialogProps {
  readonly title: string;
  readonly wishes: ViewWishes;
  readonly onClose: () => void;
  readonly onSave: (wishes: ViewWishes) => Promise<void>;
}

export function ViewDialog({ title, wishes, onClose, onSave }: ViewDialogProps) {
  const say = useWords();
  const explain = useExplanation();
  const form = useId();
  const [now, setNow] = useState(wishes);
  const [error, setError] = useState<string>();
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({ ...now, name: now.name.trim() }).catch((problem: unknown) => setError(explain(problem)));
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" type="submit" form={form} isDisabled={now.name.trim() === ""}>
            {say("parts.save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send}>
        <TextField label={say("library.view.name")} autoFocus maxLength={128} value={now.name} onChange={(name) => setNow({ ...now, name })} error={error} />
        <Checkbox isSelected={now.sidebar} onChange={(sidebar) => setNow({ ...now, sidebar })}>
          {say("library.view.sidebar")}
        </Checkbox>
        <Checkbox isSelected={now.dashboard} onChange={(dashboard) => setNow({ ...now, dashboard })}>
          {say("library.view.dashboard")}
        </Checkbox>
      </form>
    </Dialog>
  );
}
