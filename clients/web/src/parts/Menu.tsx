import type { LucideIcon } from "lucide-react";
import type { ReactElement } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import style from "./Menu.module.css";

export interface MenuAction {
  readonly id: string;
  readonly text: string;
  readonly icon?: LucideIcon;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly act: () => void;
}

interface MenuProps {
  /** The button that opens it. */
  readonly children: ReactElement;
  readonly label: string;
  readonly actions: readonly MenuAction[];
}

export function Menu({ children, label, actions }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={style.popover ?? ""} placement="bottom end">
        <AriaMenu className={style.menu ?? ""} aria-label={label} items={actions}>
          {({ id, text, icon: Icon, isDanger = false, isDisabled = false, act }) => (
            <MenuItem id={id} textValue={text} isDisabled={isDisabled} onAction={act} className={style.item ?? ""} data-danger={isDanger || undefined}>
              {Icon && <Icon size={18} aria-hidden />}
              {text}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
