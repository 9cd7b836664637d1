/** What the pages hold of the server's answers: one cache, so that no state is copied twice. */

import { Code, ConnectError } from "@connectrpc/connect";
import { QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Role } from "@sdk/scriba/v1/access_pb.js";

import { tellOtherTabs } from "@/app/tabs";
import { readSession, SessionRefused, type SessionState, type SignedIn } from "@/transport/session";

const TRIES = 2;
const FRESH_MILLISECONDS = 5_000;

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_MILLISECONDS, retry: (failures, error) => failures < TRIES && mayPass(error) } },
});

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: Infinity,
});

/** Gives who is signed in; only for pages that nobody sees who is not. */
export function useSignedIn(): SignedIn {
  const user = useQuery(sessionQuery).data?.user;
  if (!user) throw new Error("a page for who is signed in was shown to nobody");
  return user;
}

/** What the roles of who is signed in allow; the server has the last word. */
export function useMay(): { readonly edit: boolean; readonly add: boolean; readonly administer: boolean } {
  const { role } = useSignedIn();
  const edit = role === Role.EDITOR || role === Role.ADMIN;
  return { edit, add: edit || role === Role.UPLOADER, administer: role === Role.ADMIN };
}

/** Gives a function that asks anew who is signed in, and forgets all that was told to whoever was before. */
export function useSessionChange(): () => Promise<SessionState> {
  const client = useQueryClient();
  return async () => {
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    const session = await client.query({ ...sessionQuery, staleTime: 0 });
    tellOtherTabs();
    return session;
  };
}

function mayPass(error: unknown): boolean {
  if (error instanceof SessionRefused) return false;
  return [Code.Unavailable, Code.Unknown, Code.DeadlineExceeded].includes(ConnectError.from(error).code);
}
