import { useMutation } from "@connectrpc/connect-query";
import { DocumentService, type Document } from "@sdk/scriba/v1/documents_pb.js";
import { LockKeyhole } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";

import { useMay } from "@/app/queries";
import { useRefreshed } from "@/document/panels/refreshing";
import { Button } from "@/parts/Button";
import { Empty, useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { useWords } from "@/words/words";

import style from "./actions.module.css";

/** Stands where the pages of a locked PDF would: asks for the password. */
export function Unlocking({ document: { id } }: { readonly document: Document }) {
  const say = useWords();
  const explain = useExplanation();
  const may = useMay();
  const refresh = useRefreshed(id);
  const [password, setPassword] = useState("");
  const unlock = useMutation(DocumentService.method.unlockDocument, { onSuccess: refresh });
  return (
    <Empty icon={LockKeyhole} title={say("document.locked")}>
      <p>{say(may.edit ? "document.locked.text" : "document.locked.viewer")}</p>
      {may.edit && (
        <Form
          className={style.form ?? ""}
          onSubmit={(event) => {
            event.preventDefault();
            unlock.mutate({ id, password });
          }}
        >
          <TextField
            label={say("document.password")}
            type="password"
            autoComplete="off"
            value={password}
            onChange={setPassword}
            error={unlock.isError ? explain(unlock.error) : undefined}
          />
          <Button type="submit" look="main" isDisabled={password === "" || unlock.isPending}>
            {say("document.unlock")}
          </Button>
        </Form>
      )}
    </Empty>
  );
}
