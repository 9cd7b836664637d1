import { Plus } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import { openAdding } from "@/adding/opening";
import { useWords } from "@/words/words";

import style from "./AddButton.module.css";

/** Stands with the places to go to. */
export function AddButton() {
  const say = useWords();
  return (
    <AriaButton className={style.add ?? ""} onPress={openAdding}>
      <Plus size={20} aria-hidden />
      <span>{say("adding.add")}</span>
    </AriaButton>
  );
}
