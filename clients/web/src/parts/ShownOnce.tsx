import { Check, Copy, Printer } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { Button } from "@/parts/Button";
import { copyText } from "@/parts/copying";
import { useWords } from "@/words/words";

import style from "./ShownOnce.module.css";

interface ShownOnceProps {
  readonly label: string;
  /** Line by line. */
  readonly text: string;
  readonly canPrint?: boolean;
  /** What is to be said of it; that it is shown once where nothing else is. */
  readonly note?: string;
}

/** A secret that the server gives but once: to be copied, or written down, now. */
export function ShownOnce({ label, text, canPrint = false, note }: ShownOnceProps) {
  const say = useWords();
  const [copied, setCopied] = useState<boolean>();
  const place = useRef<HTMLElement>(null);
  // What asked for it has gone as a rule, and with it the focus.
  useEffect(() => place.current?.focus(), []);
  const copy = async () => setCopied(await copyText(text));
  return (
    <section className={style.once} aria-label={label} tabIndex={-1} ref={place}>
      <h3>{label}</h3>
      <pre className={style.text}>{text}</pre>
      <div className={style.actions}>
        <Button icon={copied ? Check : Copy} onPress={() => void copy()}>
          {say("parts.copy")}
        </Button>
        {canPrint && (
          <Button icon={Printer} onPress={() => globalThis.print()}>
            {say("parts.print")}
          </Button>
        )}
        <span role="status">{copied === undefined ? "" : say(copied ? "parts.copied" : "parts.copy.refused")}</span>
      </div>
      <p className={style.warning}>{note ?? say("parts.shown_once")}</p>
    </section>
  );
}
