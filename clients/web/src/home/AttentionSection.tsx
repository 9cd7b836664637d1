import { useQuery } from "@connectrpc/connect-query";
import { Link } from "@tanstack/react-router";
import { AdminService, type GetAttentionResponse } from "@sdk/scriba/v1/admin_pb.js";
import { CalendarClock, CircleCheck, FileWarning, Hourglass, Inbox, OctagonAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

import { QueuePace } from "@/home/QueuePace";
import { needs, type Need, type NeedKind } from "@/home/needs";
import { Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./home.module.css";

const LOOK_MILLISECONDS = 5_000;
const ICONS: Readonly<Record<NeedKind, LucideIcon>> = {
  inbox: Inbox,
  failed: OctagonAlert,
  warnings: FileWarning,
  overdue: CalendarClock,
  upcoming: CalendarClock,
  queue: Hourglass,
};

/** What waits for a person. */
export function AttentionSection() {
  const say = useWords();
  const { data, error, refetch } = useQuery(AdminService.method.getAttention, {}, { refetchInterval: LOOK_MILLISECONDS });
  if (!data) return error ? <Problem error={error} onRetry={() => void refetch()} /> : <Loading />;
  return (
    <section className={style.section} aria-labelledby="attention">
      <h2 id="attention">{say("home.attention")}</h2>
      <NeedList attention={data} />
    </section>
  );
}

function NeedList({ attention }: { readonly attention: GetAttentionResponse }) {
  const say = useWords();
  const found = needs(attention);
  if (found.length === 0) {
    return (
      <p className={style.calm}>
        <CircleCheck size={22} aria-hidden /> {say("home.calm")}
      </p>
    );
  }
  return (
    <ul className={style.needs}>
      {found.map((need) => (
        <li key={`${need.kind} ${need.field}`}>
          <NeedCard need={need} />
        </li>
      ))}
    </ul>
  );
}

function NeedCard({ need }: { readonly need: Need }) {
  const say = useWords();
  const { kind, count, field, pages } = need;
  const Icon = ICONS[kind];
  return (
    <NeedLink need={need}>
      <Icon size={24} aria-hidden />
      <span className={style.needText}>
        {say(`home.need.${kind}`, { count, field, pages })} {kind === "queue" && <QueuePace pages={pages} />}
      </span>
    </NeedLink>
  );
}

function NeedLink({ need: { kind, query }, children }: { readonly need: Need; readonly children: ReactNode }) {
  const look = { className: style.need, "data-kind": kind };
  if (kind === "inbox") return <Link to="/inbox" {...look}>{children}</Link>;
  if (kind === "failed" || kind === "queue") {
    return <Link to="/settings/$subject" params={{ subject: "jobs" }} search={{ open: kind === "failed" ? "failed" : "working" }} {...look}>{children}</Link>;
  }
  return <Link to="/documents" search={{ q: query }} {...look}>{children}</Link>;
}
