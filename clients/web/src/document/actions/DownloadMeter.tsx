import { X } from "lucide-react";

import { IconButton } from "@/parts/Button";
import { Meter } from "@/parts/Meter";
import { useFormats } from "@/formats/formats";
import { useWords } from "@/words/words";

import type { Download } from "./useDownload";

import style from "./actions.module.css";

/** How far a download has come; one that takes but a moment is not told of. */
export function DownloadMeter({ now }: { readonly now: Download | null }) {
  const say = useWords();
  const formats = useFormats();
  if (!now) return null;
  return (
    <div className={style.meter}>
      <Meter label={say("document.downloading", { done: formats.size(now.done), total: formats.size(now.total) })} done={now.done} total={now.total} />
      <IconButton icon={X} label={say("parts.cancel")} onPress={now.cancel} />
    </div>
  );
}
