import { X } from "lucide-react";
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";

import type { Notice } from "@/parts/notices";
import { useWords } from "@/words/words";

import style from "./notices.module.css";

export const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 });

export function NoticeRegion() {
  const say = useWords();
  return (
    <ToastRegion queue={queue} className={style.region ?? ""} aria-label={say("parts.notices")}>
      {({ toast }) => (
        <Toast toast={toast} className={style.notice ?? ""} data-wrong={toast.content.isWrong || undefined}>
          <ToastContent className={style.content ?? ""}>
            <Text slot="title">{toast.content.text}</Text>
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
