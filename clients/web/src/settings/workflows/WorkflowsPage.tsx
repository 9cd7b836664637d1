import { useQuery } from "@connectrpc/connect-query";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";
import { WorkflowService, type Workflow } from "@sdk/scriba/v1/workflows_pb.js";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ChevronLeft, Plus, Workflow as WorkflowIcon } from "lucide-react";

import { useMay } from "@/app/queries";
import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { Section } from "@/settings/Section";
import { DryRun } from "@/settings/workflows/DryRun";
import { WorkflowEditor } from "@/settings/workflows/WorkflowEditor";
import { WorkflowList } from "@/settings/workflows/WorkflowList";
import { WorkflowView } from "@/settings/workflows/WorkflowView";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

const NEW = "new";

/** What the archive does by itself: all workflows, or the one that is open. */
export function WorkflowsPage() {
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const { data, error, refetch } = useQuery(WorkflowService.method.listWorkflows, {});
  const say = useWords();
  if (!data) return <Page title={say("settings.workflows")}>{error ? <Problem error={error} onRetry={() => void refetch()} /> : <Loading />}</Page>;
  if (open === undefined) return <AllWorkflows workflows={data.workflows} />;
  return <OneWorkflow key={open} workflow={open === NEW ? null : data.workflows.find(({ id }) => id === open)} />;
}

function AllWorkflows({ workflows }: { readonly workflows: readonly Workflow[] }) {
  const say = useWords();
  const navigate = useNavigate();
  const { administer } = useMay();
  return (
    <Page
      title={say("settings.workflows")}
      actions={
        administer && (
          <Button look="main" icon={Plus} onPress={() => void navigate({ to: ".", search: { open: NEW } })}>
            {say("workflows.new")}
          </Button>
        )
      }
    >
      {workflows.length === 0 ? (
        <Empty icon={WorkflowIcon} title={say("workflows.empty")}>
          <p>{say("workflows.empty.text")}</p>
        </Empty>
      ) : (
        <>
          <p className={style.hint}>{say("workflows.about")}</p>
          <WorkflowList workflows={workflows} />
          <Section title={say("workflows.trial.all")} about={say("workflows.trial.all.about")}>
            <DryRun />
          </Section>
        </>
      )}
    </Page>
  );
}

/** `workflow` is null for a new one, undefined for one that is not there. */
function OneWorkflow({ workflow }: { readonly workflow: Workflow | null | undefined }) {
  const say = useWords();
  const navigate = useNavigate();
  const { administer } = useMay();
  const fields = useQuery(CatalogService.method.listFields, {});
  const isGone = workflow === undefined || (workflow === null && !administer);
  return (
    <Page title={workflow?.name ?? say("workflows.new")}>
      <Link to="/settings/$subject" params={{ subject: "workflows" }} className={style.back}>
        <ChevronLeft size={18} aria-hidden /> {say("workflows.back")}
      </Link>
      {isGone && <p>{say("workflows.gone")}</p>}
      {!isGone && !fields.data && (fields.error ? <Problem error={fields.error} onRetry={() => void fields.refetch()} /> : <Loading />)}
      {!isGone && fields.data && administer && <WorkflowEditor workflow={workflow} fields={fields.data.fields} onClose={() => void navigate({ to: ".", search: {} })} />}
      {workflow && fields.data && !administer && <WorkflowView workflow={workflow} fields={fields.data.fields} />}
    </Page>
  );
}
