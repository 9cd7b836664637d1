import { useCallback, useRef, useState } from "react";

import { readWhole, type Wanted } from "@/document/files";
import { useFiles } from "@/document/useFiles";
import { notifyWrong } from "@/parts/notices";
import { saveFile } from "@/parts/saving";
import { useExplanation } from "@/parts/states";

export interface Download {
  readonly done: number;
  /** 0 until the server has told it. */
  readonly total: number;
  readonly cancel: () => void;
}

/** Brings files to the reader's disk, one after another; `now` is the one under way. */
export function useDownload(): { readonly now: Download | null; readonly download: (wanted: Wanted) => void } {
  const files = useFiles();
  const explain = useExplanation();
  const [now, setNow] = useState<Download | null>(null);
  const last = useRef<Promise<void>>(Promise.resolve());
  const download = useCallback(
    (wanted: Wanted) => {
      const ending = new AbortController();
      const cancel = () => ending.abort();
      const bring = async () => {
        setNow({ done: 0, total: 0, cancel });
        try {
          const { info, bytes } = await readWhole(files, wanted, ending.signal, (done, total) => setNow({ done, total, cancel }));
          saveFile(new Blob([bytes], { type: info.mimeType }), info.filename);
        } catch (error) {
          if (!ending.signal.aborted) notifyWrong(explain(error));
        }
        setNow(null);
      };
      last.current = last.current.then(bring);
    },
    [files, explain],
  );
  return { now, download };
}
