import { SandboxLevel, type Node } from "@sdk/scriba/v1/admin_pb.js";
import { Server } from "lucide-react";
import { useId } from "react";

import { useFormats } from "@/formats/formats";
import { Chip } from "@/parts/Chip";
import { Meter } from "@/parts/Meter";
import { NodeReading } from "@/settings/nodes/NodeReading";
import { coresAtWork, paceOf } from "@/parts/pace";
import { useWords, type WordId } from "@/words/words";

import style from "./nodes.module.css";

const SANDBOX_WORDS: Readonly<Record<SandboxLevel, WordId>> = {
  [SandboxLevel.UNSPECIFIED]: "nodes.sandbox.unspecified",
  [SandboxLevel.BUBBLEWRAP]: "nodes.sandbox.bubblewrap",
  [SandboxLevel.LANDLOCK]: "nodes.sandbox.landlock",
  [SandboxLevel.NONE]: "nodes.sandbox.none",
};

/** A machine: how busy, how fast, and what it reads. */
export function NodeCard({ node }: { readonly node: Node }) {
  const say = useWords();
  const id = useId();
  const busy = coresAtWork(node);
  return (
    <section className={style.node} aria-labelledby={id} data-gone={!node.alive || undefined}>
      <header className={style.header}>
        <Server size={22} aria-hidden />
        <h2 id={id}>{node.hostname}</h2>
        <Chip text={say(node.head ? "nodes.head" : "nodes.helper")} />
        {!node.alive && <Chip text={say("nodes.gone")} look="wrong" />}
      </header>
      {node.alive && (
        <>
          <Meter label={say("nodes.busy", { busy, cores: node.cores })} done={busy} total={node.cores} />
          <Pace node={node} />
          <NodeReading node={node} />
        </>
      )}
      <Facts node={node} />
    </section>
  );
}

function Pace({ node }: { readonly node: Node }) {
  const say = useWords();
  const { amount } = useFormats();
  const { minute, tenMinutes, hour } = paceOf([node]);
  const figures = [
    [minute, "nodes.pace.minute"],
    [tenMinutes, "nodes.pace.ten_minutes"],
    [hour, "nodes.pace.hour"],
  ] as const;
  return (
    <ul className={style.pace} aria-label={say("nodes.pace")}>
      {figures.map(([figure, word]) => (
        <li key={word}>
          <strong>{amount(figure)}</strong> <span>{say(word)}</span>
        </li>
      ))}
    </ul>
  );
}

function Facts({ node }: { readonly node: Node }) {
  const say = useWords();
  const { count, size } = useFormats();
  return (
    <dl className={style.facts}>
      <dt>{say("nodes.cores")}</dt>
      <dd>{count(node.cores)}</dd>
      <dt>{say("nodes.memory")}</dt>
      <dd>{size(node.memoryBytes)}</dd>
      <dt>{say("nodes.read")}</dt>
      <dd>{count(node.pagesRead)}</dd>
      <dt>{say("nodes.sandbox")}</dt>
      <dd>{say(SANDBOX_WORDS[node.sandbox])}</dd>
    </dl>
  );
}
