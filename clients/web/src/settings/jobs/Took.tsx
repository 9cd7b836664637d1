import type { Job } from "@sdk/scriba/v1/admin_pb.js";
import { useEffect, useState } from "react";

import { isEnded } from "@/adding/strip/jobs";
import { useFormats } from "@/formats/formats";
import { timeSpent } from "@/settings/jobs/shown";
import { useWords } from "@/words/words";

const SECOND_MILLISECONDS = 1_000;

// Less than that is no waiting.
const FEWEST_SECONDS = 1;

/** How long a job waited, and how long it took or has taken so far. */
export function Took({ job }: { readonly job: Job }) {
  const say = useWords();
  const { span } = useFormats();
  const isOver = isEnded(job);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (isOver) return;
    const clock = setInterval(() => setNow(Date.now()), SECOND_MILLISECONDS);
    return () => clearInterval(clock);
  }, [isOver]);
  const { waited, worked } = timeSpent(job, now);
  const parts = [
    ...(waited !== null && (waited >= FEWEST_SECONDS || worked === null) ? [say(worked === null ? "jobs.waits" : "jobs.waited", { time: span(waited) })] : []),
    ...(worked === null ? [] : [say(isOver ? "jobs.took" : "jobs.so_far", { time: span(worked) })]),
  ];
  return parts.length === 0 ? null : <li>{parts.join(", ")}</li>;
}
