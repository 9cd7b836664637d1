import { useMutation, useQuery } from "@connectrpc/connect-query";
import { useQuery as useTanstackQuery } from "@tanstack/react-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";
import { Hammer } from "lucide-react";

import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { notify, notifyWrong } from "@/parts/notices";
import { Page } from "@/parts/Page";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { CheckSection } from "@/settings/running/CheckSection";
import { readReadiness } from "@/transport/session";
import { useWords } from "@/words/words";

import style from "./running.module.css";

const LOOK_MILLISECONDS = 5_000;

/** Whether all parts work and all files are whole. */
export function HealthPage() {
  const say = useWords();
  return (
    <Page title={say("settings.health")} width="text">
      <Parts />
      <ServerFacts />
      <CheckSection />
      <IndexSection />
    </Page>
  );
}

function Parts() {
  const say = useWords();
  const { data, error, refetch } = useTanstackQuery({
    queryKey: ["readiness"],
    queryFn: ({ signal }) => readReadiness(signal),
    refetchInterval: LOOK_MILLISECONDS,
  });
  if (!data) return error ? <Problem error={error} onRetry={() => void refetch()} /> : <Loading />;
  return (
    <section className={style.section} aria-labelledby="parts">
      <h2 id="parts">{say("health.parts")}</h2>
      <p role="status">{say(data.ready ? "health.well" : "health.unwell")}</p>
      {data.problem !== "" && (
        <p className={style.wrong} lang="en">
          {data.problem}
        </p>
      )}
      <ul className={style.parts}>
        {Object.entries(data.parts).map(([part, works]) => (
          <li key={part}>
            <Chip text={say(works ? "health.part.works" : "health.part.fails", { part })} look={works ? "good" : "wrong"} />
          </li>
        ))}
      </ul>
      {data.sandbox !== "" && <p>{say("health.sandbox", { level: data.sandbox })}</p>}
    </section>
  );
}

function ServerFacts() {
  const say = useWords();
  const { size } = useFormats();
  const { data } = useQuery(AdminService.method.getServerInfo, {});
  if (!data) return null;
  return (
    <section className={style.section} aria-labelledby="server">
      <h2 id="server">{say("health.server")}</h2>
      <dl className={style.facts}>
        <dt>{say("health.version")}</dt>
        <dd>{data.version}</dd>
        <dt>{say("health.engine")}</dt>
        <dd>{data.ocrEngine}</dd>
        <dt>{say("health.languages")}</dt>
        <dd>{data.ocrLanguages.join(", ")}</dd>
        <dt>{say("health.largest")}</dt>
        <dd>{size(data.maxUploadBytes)}</dd>
        <dt>{say("health.accepting")}</dt>
        <dd>{say(data.accepting ? "health.accepting.yes" : "health.accepting.no")}</dd>
      </dl>
    </section>
  );
}

function IndexSection() {
  const say = useWords();
  const explain = useExplanation();
  const { mutate, isPending } = useMutation(AdminService.method.rebuildIndex, {
    onSuccess: () => notify(say("health.index.begun")),
    onError: (error) => notifyWrong(explain(error)),
  });
  return (
    <section className={style.section} aria-labelledby="index">
      <h2 id="index">{say("health.index.title")}</h2>
      <p>{say("health.index.about")}</p>
      <Button icon={Hammer} isDisabled={isPending} onPress={() => mutate({})}>
        {say("health.index.go")}
      </Button>
    </section>
  );
}
