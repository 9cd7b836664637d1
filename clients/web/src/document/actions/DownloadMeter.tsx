import { X } from "lucide-react";

import { useFormats } from "@/formats/formats";
import { IconButton } from "@/parts/Button";
import { Meter } from "@/parts/Meter";
import { useWords } from "@/words/words";

import type { Download } from "./useDownload";

import style from "./actions.module.css";

interface UnderWay {
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
}

/** How far something has come that one waits for, and a way to call it off; what takes but a moment is not told of. */
export function WaitingMeter({ now, label }: { readonly now: UnderWay; readonly label: string }) {
  const say = useWords();
  return (
    <div className={style.meter}>
      <Meter label={label} done={now.done} total={now.total} />
      <IconButton icon={X} label={say("parts.cancel")} onPress={now.cancel} />
    </div>
  );
}

/** How far a download has come. */
export function DownloadMeter({ now }: { readonly now: Download | null }) {
  const say = useWords();
  const formats = useFormats();
  return now && <WaitingMeter now={now} label={say("document.downloading", { done: formats.size(now.done), total: formats.size(now.total) })} />;
}
