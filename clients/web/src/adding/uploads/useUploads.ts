import type { Transport } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { useSyncExternalStore } from "react";

import { Uploads } from "@/adding/uploads/driver";
import type { Queue } from "@/adding/uploads/queue";
import { BrowserShelf } from "@/adding/uploads/shelf";
import { useSignedIn } from "@/app/queries";

const all = new WeakMap<Transport, { readonly user: string; readonly uploads: Uploads }>();

/** Gives what sends files for who is signed in: one for all pages. */
export function useUploads(): Uploads {
  const transport = useTransport();
  const { id, name } = useSignedIn();
  const user = id ?? name;
  let known = all.get(transport);
  if (known?.user !== user) all.set(transport, (known = { user, uploads: new Uploads(transport, new BrowserShelf(), user) }));
  return known.uploads;
}

export function useUploadQueue(): Queue {
  const uploads = useUploads();
  return useSyncExternalStore(uploads.subscribe, uploads.snapshot);
}
