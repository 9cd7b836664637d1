import type { Node } from "@sdk/scriba/v1/admin_pb.js";
import { Trash2 } from "lucide-react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { useNodeDeeds } from "@/settings/nodes/useNodeDeeds";
import { useWords } from "@/words/words";

/** Asks, since the machine comes back by a new code alone. */
export function RemoveNode({ node, onClose }: { readonly node: Node; readonly onClose: () => void }) {
  const say = useWords();
  const { remove, isPending } = useNodeDeeds();
  const go = async () => {
    await remove(node);
    onClose();
  };
  return (
    <Dialog
      title={say("nodes.remove.title", { name: node.hostname })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" icon={Trash2} isDisabled={isPending} onPress={() => void go()}>
            {say("nodes.remove")}
          </Button>
        </>
      }
    >
      <p>{say("nodes.remove.leaves")}</p>
      <p>{say("nodes.remove.anew")}</p>
    </Dialog>
  );
}
