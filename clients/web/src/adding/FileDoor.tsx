import { useEffect } from "react";

import { pastedFiles } from "@/adding/chosen";
import { DropVeil } from "@/adding/DropVeil";
import { give } from "@/adding/given";
import { useWords } from "@/words/words";

/** Takes files that are dropped or pasted on any page, from its first moment on: a browser would leave the page for a file that nobody takes. */
export function FileDoor() {
  usePaste();
  return <DropVeil onFiles={give} />;
}

/** Takes pasted files; text goes where somebody types. */
function usePaste(): void {
  const say = useWords();
  useEffect(() => {
    const paste = ({ clipboardData, target }: ClipboardEvent) => {
      const isTyping = target instanceof Element && target.closest("input, textarea, [contenteditable=true]");
      if (!isTyping && clipboardData && clipboardData.files.length > 0) give(pastedFiles(clipboardData, say("app.pasted"), new Date()));
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [say]);
}
