import { useMutation } from "@connectrpc/connect-query";
import { type MailRule, MailService } from "@sdk/scriba/v1/mail_pb.js";
import { Copy, Trash2 } from "lucide-react";

import { IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { notify, notifyWrong } from "@/parts/notices";
import { Ordered } from "@/parts/Ordered";
import { useMailExplanation, useRefreshedMail } from "@/settings/mail/asking";
import { PlaceLink, useGo } from "@/settings/mail/going";
import { draftOf } from "@/settings/mail/rule/draft";
import { summaryOf } from "@/settings/mail/rule/summary";
import { useRuleOrder } from "@/settings/mail/rule/useRuleOrder";
import { useRuleRemoval } from "@/settings/mail/rule/useRuleRemoval";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

interface RuleListProps {
  readonly accountId: string;
  readonly rules: readonly MailRule[];
}

/** The rules of an account in the order in which mails are shown to them. */
export function RuleList({ accountId, rules }: RuleListProps) {
  const say = useWords();
  const move = useRuleOrder(accountId, rules);
  const remove = useRuleRemoval(accountId, rules);
  if (rules.length === 0) return null;
  return (
    <Ordered label={say("mail.rules")} items={rules} keyOf={({ id }) => id} nameOf={({ name }) => name} onMove={rules.length > 1 ? move : undefined}>
      {(rule) => <Entry rule={rule} onRemove={() => void remove(rule)} />}
    </Ordered>
  );
}

function Entry({ rule, onRemove }: { readonly rule: MailRule; readonly onRemove: () => void }) {
  const say = useWords();
  const go = useGo();
  const { id, name } = rule;
  return (
    <div className={style.rule}>
      <span className={style.what}>
        <PlaceLink to={{ page: "rule", id }}>{name}</PlaceLink>
        <small>{summaryOf(draftOf(rule), say)}</small>
      </span>
      <span className={style.switches}>
        <EnabledSwitch rule={rule} />
        <IconButton icon={Copy} label={say("mail.rule.copy_named", { name })} onPress={() => go({ page: "copy-rule", id })} />
        <IconButton icon={Trash2} label={say("parts.remove", { what: name })} onPress={onRemove} />
      </span>
    </div>
  );
}

function EnabledSwitch({ rule: { id, name, disabled } }: { readonly rule: MailRule }) {
  const say = useWords();
  const explain = useMailExplanation();
  const refresh = useRefreshedMail();
  const { mutateAsync, isPending } = useMutation(MailService.method.updateMailRule);
  const turn = async (isOn: boolean, isUndo = false) => {
    try {
      await mutateAsync({ rule: { id, disabled: !isOn }, updateMask: { paths: ["disabled"] } });
      notify(say(isOn ? "mail.rule.on" : "mail.rule.off", { name }), isUndo ? undefined : () => void turn(!isOn, true));
    } catch (error) {
      notifyWrong(explain(error));
    }
    await refresh();
  };
  return <Switch aria-label={`${name}: ${say("mail.enabled")}`} isSelected={!disabled} isDisabled={isPending} onChange={(isOn) => void turn(isOn)} />;
}
