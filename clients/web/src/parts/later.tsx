/** Code that comes when it is first wanted, or once a page that is in use has been quiet for a while: dialogs, menus, what is read in them. */

import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from "react";

import { insistently } from "@/delivery/coming";
import { lookForRenewal } from "@/delivery/renewal";

const unread = new Set<() => Promise<unknown>>();

/** Makes a component of one whose code comes later; `meanwhile`, or what it gives, stands there until then. */
export function later<Props extends object>(read: () => Promise<ComponentType<Props>>, meanwhile: ReactNode | ((props: Props) => ReactNode) = null): (props: Props) => ReactNode {
  const Shown: ComponentType<Props> = lazy(async () => ({ default: await insistently(read) }));
  unread.add(read);
  return function Later(props: Props) {
    return <Suspense fallback={typeof meanwhile === "function" ? meanwhile(props) : meanwhile}>{createElement(Shown, props)}</Suspense>;
  };
}

/** Reads what nobody has wanted yet, one after another, so that nothing a person asks for stands in a queue behind it. Once something does not come, the rest waits until it is wanted. */
export async function readTheRest(): Promise<void> {
  for (const read of unread) {
    unread.delete(read);
    try {
      await read();
    } catch {
      return lookForRenewal();
    }
  }
}
