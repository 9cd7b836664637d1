import { type RefObject, useEffect, useMemo } from "react";
import { Tooltip, TooltipTriggerStateContext } from "react-aria-components";

import style from "./Tip.module.css";

interface TipProps {
  readonly of: RefObject<HTMLElement | null>;
  readonly label: string;
  /** Called when the pointer comes over the tip itself, which then stands. */
  readonly onStay: () => void;
  readonly onLeave: () => void;
  /** Called by Escape, and when the page is scrolled under it. */
  readonly onClose: () => void;
}

/** The name of a button that shows a picture alone. */
export function Tip({ of, label, onStay, onLeave, onClose }: TipProps) {
  useEffect(() => {
    const close = ({ key }: KeyboardEvent) => key === "Escape" && onClose();
    document.addEventListener("keydown", close, true);
    return () => document.removeEventListener("keydown", close, true);
  }, [onClose]);
  const state = useMemo(
    () => ({ isOpen: true, shouldSkipAnimation: true, open: onStay, close: (isAtOnce?: boolean) => (isAtOnce ? onClose() : onLeave()) }),
    [onStay, onLeave, onClose],
  );
  return (
    <TooltipTriggerStateContext value={state}>
      <Tooltip triggerRef={of} className={style.tip ?? ""} offset={6}>
        {label}
      </Tooltip>
    </TooltipTriggerStateContext>
  );
}
