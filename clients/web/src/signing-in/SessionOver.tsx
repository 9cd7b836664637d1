import { useIsSessionOver } from "@/app/sessionWatch";
import { later } from "@/parts/later";
import { withAllWords } from "@/words/language";

import style from "./SessionOver.module.css";

const SessionOverDialog = later(async () => (await withAllWords(import("@/signing-in/SessionOverDialog"))).SessionOverDialog, <div className={style.veil} />);

/** Hides a page whose session has ended. */
export function SessionOver() {
  return useIsSessionOver() ? <SessionOverDialog /> : null;
}
