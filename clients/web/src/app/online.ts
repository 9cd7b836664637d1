/** Whether the archive answers: as the browser knows of the network, and as the last calls went. */

import { onlineManager, useIsRestoring, useQuery } from "@tanstack/react-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";
import { useTransport, callUnaryMethod } from "@connectrpc/connect-query";
import { Code, ConnectError } from "@connectrpc/connect";
import { useSyncExternalStore } from "react";

const LOOK_MILLISECONDS = 15_000;
const LOOK_AGAIN_MILLISECONDS = 3_000;

/** Tells whether there is a connection; asks often while there is none, so that the page goes on soon after. */
export function useConnection(): boolean {
  const transport = useTransport();
  const isOnNetwork = useSyncExternalStore((tell) => onlineManager.subscribe(tell), () => onlineManager.isOnline());
  const look = useQuery({
    queryKey: ["connection"],
    queryFn: ({ signal }) => callUnaryMethod(transport, AdminService.method.getServerInfo, {}, { signal }).then(() => true, refuse),
    networkMode: "always",
    refetchInterval: (query) => (query.state.data === false ? LOOK_AGAIN_MILLISECONDS : LOOK_MILLISECONDS),
    enabled: !useIsRestoring(),
  });
  return isOnNetwork && look.data !== false;
}

function refuse(error: unknown): boolean {
  return ![Code.Unavailable, Code.Unknown].includes(ConnectError.from(error).code);
}
