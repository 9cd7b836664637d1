/** The other tabs of this browser that show the archive: they are told that somebody has signed in or out, and nothing else. */

let channel: BroadcastChannel | undefined;

export function otherTabs(): BroadcastChannel {
  channel ??= new BroadcastChannel("scriba.session");
  return channel;
}

export function tellOtherTabs(): void {
  otherTabs().postMessage("session");
}
