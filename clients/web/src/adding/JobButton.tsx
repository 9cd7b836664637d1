import type { Job } from "@sdk/scriba/v1/admin_pb.js";
import { CircleStop, RotateCw } from "lucide-react";

import { useJobWords } from "@/adding/jobWords";
import { hasStopped, isEnded } from "@/adding/strip/jobs";
import { useJobActions } from "@/adding/useJobActions";
import { useMay } from "@/app/queries";
import { Button } from "@/parts/Button";
import { useWords } from "@/words/words";

interface JobButtonProps {
  readonly job: Job;
  readonly look?: "plain" | "quiet";
}

/** The one thing that can be done with a job: stop it, or queue it again. Nothing for one that ended well, nor for who may not. */
export function JobButton({ job, look = "plain" }: JobButtonProps) {
  const say = useWords();
  const words = useJobWords();
  const { edit } = useMay();
  const { retry, cancel } = useJobActions();
  const name = words.name(job);
  if (!edit) return null;
  if (hasStopped(job)) {
    return (
      <Button icon={RotateCw} look={look} aria-label={say("adding.again.of", { name })} onPress={() => retry(job)}>
        {say("adding.again")}
      </Button>
    );
  }
  if (isEnded(job)) return null;
  return (
    <Button icon={CircleStop} look={look} aria-label={say("adding.stop.of", { name })} onPress={() => cancel(job)}>
      {say("adding.stop")}
    </Button>
  );
}
