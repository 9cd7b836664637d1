import { useMutation } from "@connectrpc/connect-query";
import { type MailRule, MailService } from "@sdk/scriba/v1/mail_pb.js";

import { notify, notifyWrong } from "@/parts/notices";
import { useMailExplanation, useRefreshedMail } from "@/settings/mail/asking";
import { useWords } from "@/words/words";

/** Gives a function that removes a rule, which can be had back at the place where it stood. */
export function useRuleRemoval(accountId: string, rules: readonly MailRule[]): (rule: MailRule) => Promise<void> {
  const say = useWords();
  const explain = useMailExplanation();
  const refresh = useRefreshedMail();
  const deleting = useMutation(MailService.method.deleteMailRule);
  const making = useMutation(MailService.method.createMailRule);
  const reordering = useMutation(MailService.method.reorderMailRules);
  const told = async (deed: () => Promise<void>) => {
    try {
      await deed();
    } catch (error) {
      notifyWrong(explain(error));
    }
    await refresh();
  };
  const makeAgain = (rule: MailRule) =>
    told(async () => {
      const made = await making.mutateAsync({ rule: { ...rule, id: "", etag: "" } });
      const ruleIds = rules.map(({ id }) => (id === rule.id ? (made.rule?.id ?? "") : id));
      await reordering.mutateAsync({ accountId, ruleIds });
    });
  return (rule) =>
    told(async () => {
      await deleting.mutateAsync({ id: rule.id, etag: rule.etag });
      notify(say("mail.rule.removed", { name: rule.name }), () => void makeAgain(rule));
    });
}
