import { Code, ConnectError } from "@connectrpc/connect";
import { createQueryOptions, useMutation, useTransport } from "@connectrpc/connect-query";
import { type MailAccount, MailService } from "@sdk/scriba/v1/mail_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { notify } from "@/parts/notices";
import { type AccountDraft, accountFrom, changedPaths, mistakesIn } from "@/settings/mail/accountDraft";
import { useMailExplanation, useRefreshedMail } from "@/settings/mail/asking";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

/** What is wrong, by its box; `other` belongs to none. */
export type AccountFaults = Readonly<Partial<Record<"name" | "user" | "host" | "port" | "security" | "secret" | "other", string>>>;

interface AccountSaving {
  readonly save: () => void;
  readonly faults: AccountFaults;
  readonly isPending: boolean;
}

const BOXES = ["name", "user", "host", "port", "security", "secret"] as const;

/** Makes an account, or changes one, and has its mailbox tried at once where the way there is new. */
export function useAccountSaving(account: MailAccount | null, kept: AccountDraft | null, draft: AccountDraft, onSaved: (id: string) => void): AccountSaving {
  const say = useWords();
  const explain = useMailExplanation();
  const client = useQueryClient();
  const transport = useTransport();
  const refresh = useRefreshedMail();
  const [sent, setSent] = useState<AccountDraft | null>(null);
  const [faults, setFaults] = useState<AccountFaults>({});
  const creating = useMutation(MailService.method.createMailAccount);
  const updating = useMutation(MailService.method.updateMailAccount);
  const store = async (): Promise<string> => {
    const written = accountFrom(draft);
    if (!account || !kept) return (await creating.mutateAsync({ account: written })).account?.id ?? "";
    const paths = changedPaths(kept, draft);
    if (paths.length > 0) await updating.mutateAsync({ account: { id: account.id, etag: account.etag, ...written }, updateMask: { paths } });
    if (paths.every((path) => path === "name")) return account.id;
    client.removeQueries(createQueryOptions(MailService.method.testMailAccount, { id: account.id }, { transport }));
    return account.id;
  };
  const save = async () => {
    setSent(draft);
    const mistakes = mistakesIn(draft, kept);
    setFaults(mistakes.secret ? { secret: say("mail.secret.wanted") } : {});
    if (Object.keys(mistakes).length > 0) return;
    try {
      const id = await store();
      await refresh();
      notify(say("mail.saved", { name: accountFrom(draft).name ?? "" }));
      // Told on the account's page, be it good or bad.
      client.query({ ...createQueryOptions(MailService.method.testMailAccount, { id }, { transport }), retry: false }).catch(() => undefined);
      onSaved(id);
    } catch (error) {
      setFaults(faultsOf(error, explain(error)));
    }
  };
  return { save: () => void save(), faults: sent ? stillWrong(faults, sent, draft) : {}, isPending: creating.isPending || updating.isPending };
}

function faultsOf(error: unknown, words: string): AccountFaults {
  const violations = Object.entries(refusalOf(error).violations);
  if (violations.length === 0) return ConnectError.from(error).code === Code.AlreadyExists ? { name: words } : { other: words };
  const placed = violations.map(([path, each]) => [BOXES.find((box) => path === `account.${box}`) ?? "other", each] as const);
  return Object.fromEntries(placed);
}

function stillWrong(faults: AccountFaults, sent: AccountDraft, draft: AccountDraft): AccountFaults {
  return Object.fromEntries(Object.entries(faults).filter(([box]) => box === "other" || sent[box as keyof AccountDraft] === draft[box as keyof AccountDraft]));
}
