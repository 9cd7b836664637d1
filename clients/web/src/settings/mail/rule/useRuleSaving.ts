import { useMutation } from "@connectrpc/connect-query";
import { type MailAccount, type MailRule, MailService } from "@sdk/scriba/v1/mail_pb.js";
import { useState } from "react";

import { notify } from "@/parts/notices";
import { useMailExplanation, useRefreshedMail } from "@/settings/mail/asking";
import { type Faults, faultsOf, maskOf, mistakesIn, type RuleDraft, ruleFrom, stillWrong } from "@/settings/mail/rule/draft";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

interface RuleSaving {
  /** Null where something stands in the form that cannot be sent, which is then told at its place. */
  readonly write: () => MailRule | null;
  readonly save: () => void;
  readonly faults: Faults;
  /** Tells at their places what the server found wrong with what was written last. */
  readonly refuse: (violations: Readonly<Record<string, string>>) => void;
  readonly isPending: boolean;
}

/** Makes a rule of an account, or changes one, and tells what is wrong with it. */
export function useRuleSaving(account: MailAccount, rule: MailRule | null, draft: RuleDraft, onSaved: () => void): RuleSaving {
  const say = useWords();
  const explain = useMailExplanation();
  const refresh = useRefreshedMail();
  const [sent, setSent] = useState<RuleDraft | null>(null);
  const [faults, setFaults] = useState<Faults>({});
  const refuse = (violations: Readonly<Record<string, string>>) => setFaults(faultsOf(violations));
  const then = {
    onSuccess: async () => {
      await refresh();
      notify(say("mail.saved", { name: draft.name }));
      onSaved();
    },
    onError: (error: Error) => {
      const { violations } = refusalOf(error);
      if (Object.keys(violations).length > 0) refuse(violations);
      else setFaults({ "": explain(error) });
    },
  };
  const making = useMutation(MailService.method.createMailRule, then);
  const changing = useMutation(MailService.method.updateMailRule, then);
  const write = () => {
    const mistakes = (Object.keys(mistakesIn(draft)) as (keyof ReturnType<typeof mistakesIn>)[]).map((part) => [part, say(`mail.wrong.${part}`)] as const);
    setSent(draft);
    setFaults(Object.fromEntries(mistakes));
    return mistakes.length > 0 ? null : ruleFrom(draft, account.id, rule ?? undefined);
  };
  const save = () => {
    const written = write();
    if (!written) return;
    if (rule) changing.mutate({ rule: written, updateMask: { paths: maskOf(written, rule) } });
    else making.mutate({ rule: written });
  };
  return { write, save, faults: sent ? stillWrong(faults, sent, draft) : {}, refuse, isPending: making.isPending || changing.isPending };
}
