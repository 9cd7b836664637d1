import { useQuery } from "@connectrpc/connect-query";
import { AdminService, type Task } from "@sdk/scriba/v1/admin_pb.js";
import { useIntl } from "react-intl";

import { Chip } from "@/parts/Chip";
import { DataTable } from "@/parts/DataTable";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { TimeAgo } from "@/parts/TimeAgo";
import { useWords } from "@/words/words";

import style from "./running.module.css";

const LOOK_MILLISECONDS = 10_000;

/** What the archive does by the clock. */
export function TasksPage() {
  const say = useWords();
  const { data, error, refetch } = useQuery(AdminService.method.listTasks, {}, { refetchInterval: LOOK_MILLISECONDS });
  return (
    <Page title={say("settings.tasks")}>
      <p className={style.about}>{say("tasks.about")}</p>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {data ? <TaskTable tasks={data.tasks} /> : !error && <Loading />}
    </Page>
  );
}

function TaskTable({ tasks }: { readonly tasks: readonly Task[] }) {
  const say = useWords();
  const nameOf = useTaskNames();
  return (
    <DataTable
      label={say("settings.tasks")}
      rows={tasks}
      keyOf={({ name }) => name}
      columns={[
        { id: "name", title: say("tasks.name"), cell: ({ name }) => nameOf(name) },
        { id: "next", title: say("tasks.next"), cell: (task) => <Next task={task} /> },
        { id: "last", title: say("tasks.last"), cell: ({ endTime }) => (endTime ? <TimeAgo time={endTime} /> : <span className={style.still}>{say("tasks.never")}</span>) },
        { id: "outcome", title: say("tasks.outcome"), cell: ({ outcome, error }) => (error === "" ? outcome : <span className={style.wrong}>{error}</span>) },
        { id: "schedule", title: say("tasks.schedule"), cell: ({ schedule }) => <code>{schedule}</code> },
      ]}
    />
  );
}

function Next({ task: { running, nextTime } }: { readonly task: Task }) {
  const say = useWords();
  if (running) return <Chip text={say("tasks.running")} look="good" />;
  return nextTime ? <TimeAgo time={nextTime} /> : <>{say("tasks.disabled")}</>;
}

/** Gives a function that names tasks; one that a newer server has is called as it calls it. */
function useTaskNames(): (name: string) => string {
  const { messages, formatMessage } = useIntl();
  return (name) => (`tasks.names.${name}` in messages ? formatMessage({ id: `tasks.names.${name}` as "tasks.names.empty_trash" }) : name);
}
