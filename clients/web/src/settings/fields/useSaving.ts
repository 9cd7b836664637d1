import { Code, ConnectError } from "@connectrpc/connect";
import { useMutation } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { CatalogService, type Field } from "@sdk/scriba/v1/catalog_pb.js";
import { useState } from "react";

import { notify } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { type Faults, faultsOf, type FieldDraft, fieldFrom, MASK, NEW_FIELD, stillWrong } from "@/settings/fields/draft";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

interface Saving {
  readonly save: () => void;
  readonly faults: Faults;
  readonly isPending: boolean;
}

/** Makes a field, or changes one, and tells what the server finds wrong with it. */
export function useSaving(field: Field | null, draft: FieldDraft, onSaved: () => void): Saving {
  const say = useWords();
  // What is wrong is told of the options as they were sent, whatever has become of them since.
  const [sent, setSent] = useState(NEW_FIELD);
  const explain = useExplanation();
  const client = useQueryClient();
  const then = {
    onSuccess: async () => {
      await client.invalidateQueries();
      notify(say("fields.saved"));
      onSaved();
    },
  };
  const making = useMutation(CatalogService.method.createField, then);
  const changing = useMutation(CatalogService.method.updateField, then);
  const { error, isPending } = field ? changing : making;
  return {
    save: () => {
      setSent(draft);
      if (field) changing.mutate({ field: fieldFrom(draft, field.id, field.etag), updateMask: { paths: [...MASK] } });
      else making.mutate({ field: fieldFrom(draft) });
    },
    faults: error ? stillWrong(faultsIn(error, explain(error), sent), sent, draft) : { option: {}, others: [] },
    isPending,
  };
}

function faultsIn(error: ConnectError, words: string, draft: FieldDraft): Faults {
  const { violations } = refusalOf(error);
  if (Object.keys(violations).length > 0) return faultsOf(violations, draft);
  return error.code === Code.AlreadyExists ? { name: words, option: {}, others: [] } : { option: {}, others: [words] };
}
