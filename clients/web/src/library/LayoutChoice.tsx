import { LayoutGrid, type LucideIcon, Rows3, Table2 } from "lucide-react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";

import { type Layout, LAYOUTS } from "@/library/state";
import { useWords, type WordId } from "@/words/words";

import style from "./Library.module.css";

const LOOKS: Readonly<Record<Layout, readonly [LucideIcon, WordId]>> = {
  cards: [LayoutGrid, "library.layout.cards"],
  list: [Rows3, "library.layout.list"],
  table: [Table2, "library.layout.table"],
};

export function LayoutChoice({ layout, onChange }: { readonly layout: Layout; readonly onChange: (layout: Layout) => void }) {
  const say = useWords();
  return (
    <ToggleButtonGroup
      aria-label={say("library.layout")}
      className={style.layouts ?? ""}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[layout]}
      onSelectionChange={(keys) => [...keys].forEach((key) => onChange(key as Layout))}
    >
      {LAYOUTS.map((each) => {
        const [Icon, word] = LOOKS[each];
        return (
          <ToggleButton key={each} id={each} aria-label={say(word)} className={style.layout ?? ""}>
            <Icon size={19} aria-hidden />
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}
