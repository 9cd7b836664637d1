import { Columns3 } from "lucide-react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import { type Column, COLUMNS } from "@/library/columns";
import { useWords } from "@/words/words";

import menu from "@/parts/Menu.module.css";
import style from "./Library.module.css";

/** Which columns a table shows. */
export function ColumnChoice({ columns, onChange }: { readonly columns: readonly Column[]; readonly onChange: (columns: readonly Column[]) => void }) {
  const say = useWords();
  const all = Object.keys(COLUMNS) as Column[];
  return (
    <MenuTrigger>
      <AriaButton aria-label={say("library.columns")} className={`${style.layout ?? ""} ${style.alone ?? ""}`}>
        <Columns3 size={19} aria-hidden />
      </AriaButton>
      <Popover className={menu.popover ?? ""}>
        <Menu
          aria-label={say("library.columns")}
          className={menu.menu ?? ""}
          selectionMode="multiple"
          disabledKeys={["title"]}
          selectedKeys={columns}
          onSelectionChange={(chosen) => onChange(all.filter((column) => chosen === "all" || chosen.has(column)))}
        >
          {all.map((column) => (
            <MenuItem key={column} id={column} textValue={say(COLUMNS[column].word)} className={menu.item ?? ""}>
              {({ isSelected }) => (
                <>
                  <span className={style.tick}>{isSelected ? "✓" : ""}</span>
                  {say(COLUMNS[column].word)}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
