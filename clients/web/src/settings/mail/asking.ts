/** What this room asks the server, and asks anew once something has changed. */

import { ConnectError } from "@connectrpc/connect";
import { createConnectQueryKey, useQuery, useTransport } from "@connectrpc/connect-query";
import { MailService } from "@sdk/scriba/v1/mail_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { useExplanation } from "@/parts/states";
import { refusalOf } from "@/transport/refusal";

// Nobody waits in front of it, and each look may change what is told.
const LOOK_MILLISECONDS = 10_000;
// Each asking signs in at somebody else's server.
const FOLDERS_FRESH_MILLISECONDS = 300_000;

export function useAccounts() {
  return useQuery(MailService.method.listMailAccounts, {}, { refetchInterval: LOOK_MILLISECONDS });
}

/** Those of all accounts. */
export function useRules() {
  return useQuery(MailService.method.listMailRules, {});
}

/** What a mailbox holds; asked by itself only where `isWanted`, since that signs in there. */
export function useMailbox(id: string, isWanted: boolean) {
  return useQuery(MailService.method.testMailAccount, { id }, { enabled: isWanted, retry: false, staleTime: FOLDERS_FRESH_MILLISECONDS, refetchOnWindowFocus: false });
}

/** Gives a function that asks anew for all but mailboxes themselves. */
export function useRefreshedMail(): () => Promise<void> {
  const client = useQueryClient();
  const transport = useTransport();
  const { listMailAccounts, listMailRules, listMails } = MailService.method;
  const keys = [
    createConnectQueryKey({ schema: listMailAccounts, transport, cardinality: undefined }),
    createConnectQueryKey({ schema: listMailRules, transport, cardinality: undefined }),
    createConnectQueryKey({ schema: listMails, transport, cardinality: undefined }),
  ];
  return async () => {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}

/** Gives a function that puts an error into words; that a mailbox is not reached is no fault of the way to the archive. */
export function useMailExplanation(): (error: unknown) => string {
  const explain = useExplanation();
  return (error) => (refusalOf(error).reason === "" ? explain(error) : ConnectError.from(error).rawMessage);
}
