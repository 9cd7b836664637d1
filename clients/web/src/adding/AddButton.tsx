import { Plus } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import { openAdding } from "@/adding/opening";
import { useShortcuts } from "@/app/keys/shortcuts";
import { useWords } from "@/words/words";

import style from "./AddButton.module.css";

const SHORTCUTS = [{ keys: "a", word: "app.keys.add", act: openAdding }] as const;

/** Stands with the places to go to. */
export function AddButton() {
  const say = useWords();
  useShortcuts(SHORTCUTS);
  return (
    <AriaButton className={style.add ?? ""} onPress={openAdding}>
      <Plus size={20} aria-hidden />
      <span>{say("app.add")}</span>
    </AriaButton>
  );
}
