import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { useWords } from "@/words/words";

interface Leaving {
  /** Asks before what was changed is lost. */
  readonly question: ReactNode;
  /** Lets one go without being asked: it is saved, or was given up. */
  readonly letGo: () => void;
}

/** Stops whoever leaves by a link, the way back or by closing the tab while something is not saved; a draft is not kept, since it may hold passwords. */
export function useLeaving(isChanged: boolean): Leaving {
  const say = useWords();
  const mayGo = useRef(false);
  const isHeld = () => isChanged && !mayGo.current;
  const { status, proceed, reset } = useBlocker({
    // Choosing a document to try it on stays on this page.
    shouldBlockFn: ({ current, next }) => isHeld() && (current.pathname !== next.pathname || openIn(current.search) !== openIn(next.search)),
    enableBeforeUnload: isHeld,
    withResolver: true,
  });
  const question = (
    <Dialog
      title={say("workflows.leave.title")}
      isOpen={status === "blocked"}
      onClose={() => reset?.()}
      actions={
        <>
          <Button onPress={() => proceed?.()}>{say("workflows.leave.go")}</Button>
          <Button look="main" onPress={() => reset?.()}>
            {say("workflows.leave.stay")}
          </Button>
        </>
      }
    >
      <p>{say("workflows.leave.text")}</p>
    </Dialog>
  );
  return { question, letGo: () => (mayGo.current = true) };
}

function openIn(search: object): unknown {
  return "open" in search ? search.open : undefined;
}
