import { useQuery } from "@connectrpc/connect-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";
import { Plus, TextCursorInput } from "lucide-react";

import { useMay } from "@/app/queries";
import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { FieldDialog } from "@/settings/fields/FieldDialog";
import { FieldTable } from "@/settings/fields/FieldTable";
import { useWords } from "@/words/words";

const NEW = "new";

/** The custom fields of documents: what each holds, and how its value comes about. */
export function FieldsPage() {
  const say = useWords();
  const navigate = useNavigate();
  const { edit } = useMay();
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const { data, error, refetch } = useQuery(CatalogService.method.listFields, {});
  const go = (field?: string) => void navigate({ to: ".", search: field === undefined ? {} : { open: field }, replace: field === undefined });
  const opened = edit ? data?.fields.find(({ id }) => id === open) : undefined;
  return (
    <Page
      title={say("settings.fields")}
      actions={
        edit && (
          <Button look="main" icon={Plus} onPress={() => go(NEW)}>
            {say("fields.new")}
          </Button>
        )
      }
    >
      {!data && (error ? <Problem error={error} onRetry={() => void refetch()} /> : <Loading />)}
      {data?.fields.length === 0 && (
        <Empty icon={TextCursorInput} title={say("fields.empty")}>
          <p>{say("fields.empty.text")}</p>
        </Empty>
      )}
      {data && data.fields.length > 0 && <FieldTable fields={data.fields} onOpen={edit ? go : null} />}
      {edit && open === NEW && <FieldDialog field={null} onClose={() => go()} />}
      {opened && <FieldDialog key={opened.id} field={opened} onClose={() => go()} />}
    </Page>
  );
}
