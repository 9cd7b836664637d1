import { createContext, type KeyboardEvent, type ReactElement, type ReactNode, type RefObject, useContext, useRef, useState } from "react";
import { ButtonContext, type PressEvent } from "react-aria-components";

/** What stands at a button, and where. */
interface Opened {
  /** The button that it stands at. */
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Where the focus goes in a list: with the mouse, to the list as a whole. */
  readonly autoFocus: true | "first" | "last";
}

interface OpenerProps {
  readonly kind: "menu" | "listbox" | "dialog";
  readonly button: ReactElement;
  /** What is opened, a component of `later`: asked for no sooner than that. */
  readonly children: ReactNode;
}

const OpenedContext = createContext<Opened | null>(null);

/** For what an Opener opens. */
export function useOpened(): Opened {
  const opened = useContext(OpenedContext);
  if (!opened) throw new Error("what stands at a button was shown without one");
  return opened;
}

/** A button, and what opens at it. */
export function Opener({ kind, button, children }: OpenerProps) {
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
      <ButtonContext.Provider value={{ ref: trigger, "aria-haspopup": kind, "aria-expanded": isOpen, onPress: press, onKeyDown: pressKey }}>{button}</ButtonContext.Provider>
      {autoFocus && <OpenedContext value={{ trigger, isOpen, onOpenChange: setOpen, autoFocus }}>{children}</OpenedContext>}
    </>
  );
}
