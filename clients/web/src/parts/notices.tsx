/** Short notices at the foot of the page: what was done, with a way to undo it, and what did not work. */

import { X } from "lucide-react";
import {
  Button as AriaButton,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";

import { useWords } from "@/words/words";

import style from "./notices.module.css";

interface Notice {
  readonly text: string;
  readonly isWrong: boolean;
  readonly undo: (() => void) | undefined;
}

// Long enough to read a line, notice the mistake and reach the button.
const STANDS_MILLISECONDS = 10_000;
const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 });

/** Tells what was done. With `undo` there is a button for it. */
export function notify(text: string, undo?: () => void): void {
  queue.add({ text, isWrong: false, undo }, { timeout: STANDS_MILLISECONDS });
}

/** Tells what did not work; it stands until it is closed. */
export function notifyWrong(text: string): void {
  queue.add({ text, isWrong: true, undo: undefined });
}

export function Notices() {
  const say = useWords();
  return (
    <ToastRegion queue={queue} className={style.region ?? ""} aria-label={say("parts.notices")}>
      {({ toast }) => (
        <Toast toast={toast} className={style.notice ?? ""} data-wrong={toast.content.isWrong || undefined}>
          <ToastContent className={style.content ?? ""}>
            <span slot="title">{toast.content.text}</span>
          </ToastContent>
          {toast.content.undo && (
            <AriaButton
              className={style.undo ?? ""}
              onPress={() => {
                toast.content.undo?.();
                queue.close(toast.key);
              }}
            >
              {say("parts.undo")}
            </AriaButton>
          )}
          <AriaButton slot="close" aria-label={say("parts.close")} className={style.close ?? ""}>
            <X size={18} aria-hidden />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
