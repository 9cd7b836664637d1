import { Menu, MenuItem, Popover } from "react-aria-components";

import { type Column, COLUMNS } from "@/library/columns";
import { useOpened } from "@/parts/Opener";
import { useWords } from "@/words/words";

import menu from "@/parts/Menu.module.css";
import style from "./Library.module.css";

interface ColumnListProps {
  readonly columns: readonly Column[];
  readonly onChange: (columns: readonly Column[]) => void;
}

/** All columns, those that are shown with a tick. */
export function ColumnList({ columns, onChange }: ColumnListProps) {
  const { trigger, isOpen, onOpenChange, autoFocus } = useOpened();
  const say = useWords();
  const all = Object.keys(COLUMNS) as Column[];
  return (
    <Popover triggerRef={trigger} isOpen={isOpen} onOpenChange={onOpenChange} aria-label={say("library.columns")} className={menu.popover ?? ""}>
      <Menu
        aria-label={say("library.columns")}
        className={menu.menu ?? ""}
        autoFocus={autoFocus}
        selectionMode="multiple"
        disabledKeys={["title"]}
        selectedKeys={columns}
        onSelectionChange={(chosen) => onChange(all.filter((column) => chosen === "all" || chosen.has(column)))}
        onClose={() => onOpenChange(false)}
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
  );
}
