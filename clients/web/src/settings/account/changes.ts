import { createConnectQueryKey } from "@connectrpc/connect-query";
import { AccountService } from "@sdk/scriba/v1/accounts_pb.js";
import { useQueryClient } from "@tanstack/react-query";

/** Gives a function that asks anew for all that is told of the caller's account. */
export function useAccountChange(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: createConnectQueryKey({ schema: AccountService, cardinality: undefined }) });
}
