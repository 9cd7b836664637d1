import { FileDown } from "lucide-react";
import { useEffect, useState } from "react";

import { droppedFiles, hasFiles } from "@/adding/chosen";
import { useWords } from "@/words/words";

import style from "./DropVeil.module.css";

/** Says, while files are dragged over the page, that they can be let go anywhere. */
export function DropVeil({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const say = useWords();
  const isOver = useDrop(onFiles);
  if (!isOver) return null;
  return (
    <div className={style.veil}>
      <p className={style.text}>
        <FileDown size={48} strokeWidth={1.25} aria-hidden />
        {say("app.drop")}
      </p>
    </div>
  );
}

function useDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const heard = new AbortController();
    const hear = (name: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
      window.addEventListener(name, (event) => hasFiles(event.dataTransfer) && act(event), { signal: heard.signal });
    hear("dragenter", () => setIsOver(true));
    hear("dragover", (event) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    });
    // Only at the window's edge there is nothing that the pointer went to.
    hear("dragleave", (event) => event.relatedTarget === null && setIsOver(false));
    hear("drop", (event) => {
      event.preventDefault();
      setIsOver(false);
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(onFiles);
    });
    return () => heard.abort();
  }, [onFiles]);
  return isOver;
}
