/** Which window of this browser sends a file. */

/** Gives what lets go of an upload; null where another window holds it. Browsers without locks let all windows send: the server sorts that out. */
export function hold(id: string): Promise<(() => void) | null> {
  const locks = (navigator as { locks?: LockManager }).locks; // there is none on pages without TLS
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((held) => {
    void locks.request(`scriba.upload.${id}`, { ifAvailable: true }, (lock) => {
      if (lock) return new Promise<void>((letGo) => held(letGo));
      held(null);
      return undefined;
    });
  });
}
