import type { Job } from "@sdk/scriba/v1/admin_pb.js";
import { useEffect, useState } from "react";

import { isEnded } from "@/adding/strip/jobs";
import { useFormats } from "@/formats/formats";
import { secondsTaken } from "@/settings/jobs/shown";
import { useWords } from "@/words/words";

const SECOND_MILLISECONDS = 1_000;

/** How long a job took, or has taken so far. */
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
  const taken = span(secondsTaken(job, now));
  return <>{say(isOver ? "jobs.took" : "jobs.so_far", { time: taken })}</>;
}
