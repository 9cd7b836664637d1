import type { TextFieldProps } from "react-aria-components";

type KeyEvent = Parameters<NonNullable<TextFieldProps["onKeyDown"]>>[0];

/** Ctrl+Enter saves what has several lines; Escape leaves it. */
export function onSaveKeys(save: () => void, leave?: () => void): (event: KeyEvent) => void {
  return (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === "Escape" && leave) leave();
    else event.continuePropagation();
  };
}
