import type { Node } from "@sdk/scriba/v1/admin_pb.js";
import { Moon, Play, Trash2 } from "lucide-react";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { RemoveNode } from "@/settings/nodes/RemoveNode";
import { standingOf } from "@/settings/nodes/standing";
import { useNodeDeeds } from "@/settings/nodes/useNodeDeeds";
import { useWords } from "@/words/words";

import style from "./nodes.module.css";

/** What may be done to a machine that has joined. */
export function NodeDeedButtons({ node }: { readonly node: Node }) {
  const say = useWords();
  const { rest, isPending } = useNodeDeeds();
  const [isDoomed, setIsDoomed] = useState(false);
  const standing = standingOf(node);
  const turn = standing === "resting" ? "resume" : "rest";
  const named = (word: string) => `${word}: ${node.hostname}`;
  return (
    <div className={style.deeds}>
      {standing !== "away" && (
        <Button icon={turn === "rest" ? Moon : Play} aria-label={named(say(`nodes.${turn}`))} isDisabled={isPending} onPress={() => void rest(node, turn === "rest")}>
          {say(`nodes.${turn}`)}
        </Button>
      )}
      <Button icon={Trash2} aria-label={named(say("nodes.remove"))} onPress={() => setIsDoomed(true)}>
        {say("nodes.remove")}
      </Button>
      {isDoomed && <RemoveNode node={node} onClose={() => setIsDoomed(false)} />}
    </div>
  );
}
