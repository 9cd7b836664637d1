import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { AdminService, type Node } from "@sdk/scriba/v1/admin_pb.js";
import { ClusterService } from "@sdk/scriba/v1/cluster_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { useExplanation } from "@/parts/states";
import { telling } from "@/parts/telling";
import { useWords } from "@/words/words";

export interface NodeDeeds {
  /** Sends it no more pages, or pages again; either can be undone. */
  readonly rest: (node: Node, isResting: boolean) => Promise<void>;
  /** Forgets it for good. */
  readonly remove: (node: Node) => Promise<void>;
  readonly isPending: boolean;
}

/** What is done to a machine, each told once it is done. */
export function useNodeDeeds(): NodeDeeds {
  const say = useWords();
  const client = useQueryClient();
  const transport = useTransport();
  const draining = useMutation(ClusterService.method.drainNode);
  const resuming = useMutation(ClusterService.method.resumeNode);
  const removing = useMutation(ClusterService.method.removeNode);
  const queryKey = createConnectQueryKey({ schema: AdminService.method.listNodes, transport, cardinality: undefined });
  const told = telling(useExplanation(), () => client.invalidateQueries({ queryKey }));
  const rest = ({ id, hostname }: Pick<Node, "id" | "hostname">, isResting: boolean, isUndo = false): Promise<void> =>
    told(
      () => (isResting ? draining : resuming).mutateAsync({ nodeId: id }),
      say(isResting ? "nodes.rested" : "nodes.resumed", { name: hostname }),
      isUndo ? undefined : () => void rest({ id, hostname }, !isResting, true),
    );
  return {
    rest: (node, isResting) => rest(node, isResting),
    remove: ({ id, hostname }) => told(() => removing.mutateAsync({ nodeId: id }), say("nodes.removed", { name: hostname })),
    isPending: draining.isPending || resuming.isPending || removing.isPending,
  };
}
