import { useQuery } from "@connectrpc/connect-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";

import { type Pace, paceOf } from "@/parts/pace";

const LOOK_MILLISECONDS = 5_000;

/** How fast all machines read at present; null until that is known. */
export function usePace(): Pace | null {
  const { data } = useQuery(AdminService.method.listNodes, {}, { refetchInterval: LOOK_MILLISECONDS });
  return data ? paceOf(data.nodes) : null;
}
