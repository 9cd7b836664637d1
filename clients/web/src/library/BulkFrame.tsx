import type { ReactNode } from "react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { useWords } from "@/words/words";

interface BulkFrameProps {
  readonly count: number;
  readonly isReady: boolean;
  /** What is asked for stays empty, and is taken away from all. */
  readonly takesAway: boolean;
  readonly onClose: () => void;
  readonly onGo: () => void;
  readonly children: ReactNode;
}

/** Stands around what all selected documents shall get. */
export function BulkFrame({ count, isReady, takesAway, onClose, onGo, children }: BulkFrameProps) {
  const say = useWords();
  return (
    <Dialog
      title={say("library.bulk.title", { count })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" isDisabled={!isReady} onPress={onGo}>
            {say(takesAway ? "library.bulk.empty" : "library.bulk.do")}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
