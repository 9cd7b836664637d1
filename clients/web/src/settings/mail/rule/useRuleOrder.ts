import { create } from "@bufbuild/protobuf";
import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { ListMailRulesResponseSchema, type MailRule, MailService } from "@sdk/scriba/v1/mail_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { notify, notifyWrong } from "@/parts/notices";
import { movedTo } from "@/parts/ordering";
import { useMailExplanation, useRefreshedMail, useRules } from "@/settings/mail/asking";
import { useWords } from "@/words/words";

/** Gives a function that moves a rule among those of its account, which is seen at once and can be undone. */
export function useRuleOrder(accountId: string, rules: readonly MailRule[]): (from: number, to: number) => void {
  const say = useWords();
  const explain = useMailExplanation();
  const refresh = useRefreshedMail();
  const client = useQueryClient();
  const transport = useTransport();
  const all = useRules().data?.rules ?? [];
  const reordering = useMutation(MailService.method.reorderMailRules);
  const queryKey = createConnectQueryKey({ schema: MailService.method.listMailRules, transport, input: {}, cardinality: "finite" });
  const put = async (order: readonly MailRule[], undo?: () => void) => {
    const others = all.filter((rule) => rule.accountId !== accountId);
    client.setQueryData(queryKey, create(ListMailRulesResponseSchema, { rules: [...others, ...order] }));
    try {
      await reordering.mutateAsync({ accountId, ruleIds: order.map(({ id }) => id) });
      notify(say("mail.rules.moved"), undo);
    } catch (error) {
      notifyWrong(explain(error));
    }
    await refresh();
  };
  return (from, to) => void put(movedTo(rules, from, to), () => void put(rules));
}
