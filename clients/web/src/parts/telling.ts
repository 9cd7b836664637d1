import { notify, notifyWrong } from "@/parts/notices";

/** Does a thing, tells that it is done, with a way to undo it, or why it is not, and asks anew for what it may have changed. */
export type Telling = (deed: () => Promise<unknown>, text: string, undo?: () => void) => Promise<void>;

export function telling(explain: (error: unknown) => string, refresh: () => Promise<void>): Telling {
  return async (deed, text, undo) => {
    try {
      await deed();
      notify(text, undo);
    } catch (error) {
      notifyWrong(explain(error));
    }
    await refresh();
  };
}
