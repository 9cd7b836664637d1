import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Tooltip, TooltipTrigger } from "react-aria-components";

import style from "./Button.module.css";

interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  /** How much it calls for attention: one `main` on a page, `danger` for what can't be undone. */
  readonly look?: "main" | "plain" | "quiet" | "danger";
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

export function Button({ look = "plain", icon: Icon, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={style.button ?? ""} data-look={look}>
      {Icon && <Icon size={18} aria-hidden />}
      <span>{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  readonly icon: LucideIcon;
  /** What it does: its name for screen readers, and the tooltip. */
  readonly label: string;
  readonly look?: "plain" | "quiet";
}

export function IconButton({ icon: Icon, label, look = "quiet", ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={600}>
      <AriaButton {...props} aria-label={label} className={style.icon ?? ""} data-look={look}>
        <Icon size={20} aria-hidden />
      </AriaButton>
      <Tooltip className={style.tip ?? ""} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
