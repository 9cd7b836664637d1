/** Code that comes when it is first wanted, or once a page that is in use has been quiet for a while: dialogs, menus, what is read in them. */

import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from "react";

const AGAIN_MILLISECONDS = 3000;
const unread = new Set<() => Promise<unknown>>();

/** Makes a component of one whose code comes later; `meanwhile` stands there until then. */
export function later<Props extends object>(read: () => Promise<ComponentType<Props>>, meanwhile: ReactNode = null): (props: Props) => ReactNode {
  const Shown: ComponentType<Props> = lazy(async () => ({ default: await insistently(read) }));
  unread.add(read);
  return function Later(props: Props) {
    return <Suspense fallback={meanwhile}>{createElement(Shown, props)}</Suspense>;
  };
}

/** Reads what nobody has wanted yet, one after another, so that nothing a person asks for stands in a queue behind it. */
export async function readTheRest(): Promise<void> {
  for (const read of unread) {
    unread.delete(read);
    await read().catch(() => undefined); // not reached: it is read again when it is wanted
  }
}

/** Reads until it is there: a page that loses its network for a while shall not break for a part that it does not have yet. */
async function insistently<Read>(read: () => Promise<Read>): Promise<Read> {
  for (;;) {
    try {
      return await read();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
    }
  }
}
