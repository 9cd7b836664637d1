import { X } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import { useWords } from "@/words/words";

import style from "./Chip.module.css";

interface ChipProps {
  readonly text: string;
  /** Of a tag, "#rrggbb": the dot before the text, so that the text stays legible on any of them. */
  readonly colour?: string | undefined;
  readonly look?: "plain" | "warn" | "wrong" | "good";
  readonly onRemove?: (() => void) | undefined;
}

export function Chip({ text, colour, look = "plain", onRemove }: ChipProps) {
  const say = useWords();
  return (
    <span className={style.chip} data-look={look}>
      {colour !== undefined && <span className={style.dot} style={{ background: colour || "var(--edge)" }} />}
      {text}
      {onRemove && (
        <AriaButton aria-label={say("parts.remove", { what: text })} onPress={onRemove} className={style.remove ?? ""}>
          <X size={14} aria-hidden />
        </AriaButton>
      )}
    </span>
  );
}
