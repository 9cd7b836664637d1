import type { LucideIcon } from "lucide-react";
import type { ReactElement } from "react";

import { later } from "@/parts/later";
import { Opener } from "@/parts/Opener";

const MenuList = later(async () => (await import("@/parts/MenuList")).MenuList);

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
    <Opener kind="menu" button={children}>
      <MenuList label={label} actions={actions} />
    </Opener>
  );
}
