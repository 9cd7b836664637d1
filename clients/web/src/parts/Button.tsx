import type { LucideIcon } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";

import { later } from "@/parts/later";
import { useTip } from "@/parts/useTip";

import style from "./Button.module.css";

const Tip = later(async () => (await import("@/parts/Tip")).Tip);

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

interface IconButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style" | "onHoverStart" | "onHoverEnd" | "onFocus" | "onBlur" | "onPressStart"> {
  readonly icon: LucideIcon;
  /** What it does: its name for screen readers, and the tooltip. */
  readonly label: string;
  readonly look?: "plain" | "quiet";
}

export function IconButton({ icon: Icon, label, look = "quiet", ...props }: IconButtonProps) {
  const place = useRef<HTMLButtonElement>(null);
  const { isShown, tip, button } = useTip();
  return (
    <>
      <AriaButton {...props} {...button} ref={place} aria-label={label} className={style.icon ?? ""} data-look={look}>
        <Icon size={20} aria-hidden />
      </AriaButton>
      {isShown && <Tip of={place} label={label} {...tip} />}
    </>
  );
}
