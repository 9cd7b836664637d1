import { SandboxLevel, type Node } from "@sdk/scriba/v1/admin_pb.js";
import { Server } from "lucide-react";
import { useId } from "react";
import { useIntl } from "react-intl";

import { useFormats } from "@/formats/formats";
import { languageName } from "@/formats/languages";
import { Chip } from "@/parts/Chip";
import { Meter } from "@/parts/Meter";
import { coresAtWork, paceOf } from "@/parts/pace";
import { NodeDeedButtons } from "@/settings/nodes/NodeDeedButtons";
import { NodeReading } from "@/settings/nodes/NodeReading";
import { lookTime, type Standing, standingOf } from "@/settings/nodes/standing";
import { useWords, type WordId } from "@/words/words";

import style from "./nodes.module.css";

const SANDBOX_WORDS: Readonly<Record<SandboxLevel, WordId>> = {
  [SandboxLevel.UNSPECIFIED]: "nodes.sandbox.unspecified",
  [SandboxLevel.BUBBLEWRAP]: "nodes.sandbox.bubblewrap",
  [SandboxLevel.LANDLOCK]: "nodes.sandbox.landlock",
  [SandboxLevel.NONE]: "nodes.sandbox.none",
};

const LOOKS: Readonly<Record<Standing, "good" | "warn" | "plain">> = { working: "good", resting: "warn", away: "plain" };
// A part of the engine that tells which way up a page is, and no language.
const NO_LANGUAGE = "osd";

/** A machine: how busy, how fast, and what it reads. */
export function NodeCard({ node }: { readonly node: Node }) {
  const say = useWords();
  const id = useId();
  const { moment } = useFormats();
  const busy = coresAtWork(node);
  const standing = standingOf(node);
  const isThere = standing !== "away";
  return (
    <section className={style.node} aria-labelledby={id} data-gone={!isThere || undefined}>
      <header className={style.header}>
        <Server size={22} aria-hidden />
        <h2 id={id}>{node.hostname}</h2>
        <Chip text={say(node.head ? "nodes.head" : "nodes.helper")} />
        {!node.head && <Chip text={say(`nodes.${standing}`, { since: moment(node.lastSeenTime) })} look={LOOKS[standing]} />}
        {!node.head && <NodeDeedButtons node={node} />}
      </header>
      {standing === "resting" && <p className={style.faded}>{say("nodes.resting.about")}</p>}
      {isThere && (
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
  const { count, size, moment, ago } = useFormats();
  return (
    <dl className={style.facts}>
      {standingOf(node) !== "away" && (
        <>
          <dt>{say("nodes.cores")}</dt>
          <dd>{count(node.cores)}</dd>
          <dt>{say("nodes.memory")}</dt>
          <dd>{size(node.memoryBytes)}</dd>
          <dt>{say("nodes.read")}</dt>
          <dd>{count(node.pagesRead)}</dd>
          <dt>{say("nodes.sandbox")}</dt>
          <dd>{say(SANDBOX_WORDS[node.sandbox])}</dd>
          <Languages codes={node.languages} />
        </>
      )}
      {node.joinTime && (
        <>
          <dt>{say("nodes.joined")}</dt>
          <dd>{moment(node.joinTime)}</dd>
          <dt>{say("nodes.seen")}</dt>
          <dd>{ago(node.lastSeenTime, lookTime(node))}</dd>
        </>
      )}
    </dl>
  );
}

function Languages({ codes }: { readonly codes: readonly string[] }) {
  const say = useWords();
  const { locale, formatList } = useIntl();
  const names = codes.filter((code) => code !== NO_LANGUAGE).map((code) => languageName(code, locale));
  return (
    <>
      <dt>{say("nodes.languages")}</dt>
      <dd>{names.length === 0 ? say("nodes.languages.unspecified") : formatList(names)}</dd>
    </>
  );
}
