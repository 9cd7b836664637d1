import { Menu, MenuItem, Popover } from "react-aria-components";

import type { MenuAction } from "@/parts/Menu";
import { useOpened } from "@/parts/Opener";

import style from "./Menu.module.css";

interface MenuListProps {
  readonly label: string;
  readonly actions: readonly MenuAction[];
}

/** What a menu offers, at the button that opened it. */
export function MenuList({ label, actions }: MenuListProps) {
  const { trigger, isOpen, onOpenChange, autoFocus } = useOpened();
  return (
    <Popover triggerRef={trigger} isOpen={isOpen} onOpenChange={onOpenChange} aria-label={label} className={style.popover ?? ""} placement="bottom end">
      <Menu className={style.menu ?? ""} aria-label={label} items={actions} autoFocus={autoFocus} onClose={() => onOpenChange(false)}>
        {({ id, text, icon: Icon, isDanger = false, isDisabled = false, act }) => (
          <MenuItem id={id} textValue={text} isDisabled={isDisabled} onAction={act} className={style.item ?? ""} data-danger={isDanger || undefined}>
            {Icon && <Icon size={18} aria-hidden />}
            {text}
          </MenuItem>
        )}
      </Menu>
    </Popover>
  );
}
