import { type KeyboardEvent, type ReactElement, type ReactNode, type RefObject, useRef, useState } from "react";
import { ButtonContext, type PressEvent } from "react-aria-components";

/** What has been opened. */
export interface Opened {
  /** The button that it stands at. */
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Where the focus goes in a list: with the mouse, to the list as a whole. */
  readonly autoFocus: true | "first" | "last";
}

interface OpenerProps {
  readonly kind: "menu" | "listbox" | "dialog";
  /** The button that opens it. */
  readonly children: ReactElement;
  /** Draws what is opened: a component of `later`, which is only asked for then. */
  readonly draw: (opened: Opened) => ReactNode;
}

/** A button, and what opens at it. */
export function Opener({ kind, children, draw }: OpenerProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [autoFocus, setAutoFocus] = useState<Opened["autoFocus"] | null>(null);
  const open = (focus: Opened["autoFocus"]) => {
    setAutoFocus(focus);
    setOpen(true);
  };
  const press = ({ pointerType }: PressEvent) => open(pointerType === "keyboard" || pointerType === "virtual" ? "first" : true);
  const pressKey = (event: KeyboardEvent & { continuePropagation?: () => void }) => {
    const focus = kind === "dialog" ? undefined : ({ ArrowDown: "first", ArrowUp: "last" } as const)[event.key];
    if (!focus) return event.continuePropagation?.();
    event.preventDefault();
    open(focus);
  };
  return (
    <>
      <ButtonContext.Provider value={{ ref: trigger, "aria-haspopup": kind, "aria-expanded": isOpen, onPress: press, onKeyDown: pressKey }}>{children}</ButtonContext.Provider>
      {autoFocus && draw({ trigger, isOpen, onOpenChange: setOpen, autoFocus })}
    </>
  );
}
