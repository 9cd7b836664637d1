import { AssignBoxes } from "@/settings/workflows/actions/AssignBoxes";
import { EmailBoxes } from "@/settings/workflows/actions/EmailBoxes";
import { FillFieldBoxes } from "@/settings/workflows/actions/FillFieldBoxes";
import { PasswordBoxes } from "@/settings/workflows/actions/PasswordBoxes";
import { RemoveBoxes } from "@/settings/workflows/actions/RemoveBoxes";
import { WebhookBoxes } from "@/settings/workflows/actions/WebhookBoxes";
import { Card } from "@/settings/workflows/Card";
import type { ActionDraft } from "@/settings/workflows/draft";
import { ACTION_BOXES, type FaultAt, type Faults, faultsAt, otherFaults } from "@/settings/workflows/faults";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface ActionCardProps {
  readonly action: ActionDraft;
  readonly faults: Faults;
  readonly onChange: (action: ActionDraft) => void;
  readonly onRemove: () => void;
}

/** One thing that a workflow does. */
export function ActionCard({ action, faults, onChange, onRemove }: ActionCardProps) {
  const say = useWords();
  const where = `actions/${action.key}`;
  return (
    <Card title={say(`workflows.action.${action.case}`)} onRemove={onRemove} faults={otherFaults(faults, where, ACTION_BOXES[action.case])}>
      <ActionBoxes action={action} at={faultsAt(faults, where)} onChange={onChange} />
    </Card>
  );
}

function ActionBoxes({ action, at, onChange }: { readonly action: ActionDraft; readonly at: FaultAt; readonly onChange: (action: ActionDraft) => void }) {
  const say = useWords();
  switch (action.case) {
    case "assign":
      return <AssignBoxes action={action.value} at={at} onChange={(part) => onChange({ ...action, value: { ...action.value, ...part } })} />;
    case "remove":
      return <RemoveBoxes action={action.value} at={at} onChange={(part) => onChange({ ...action, value: { ...action.value, ...part } })} />;
    case "fillField":
      return <FillFieldBoxes action={action.value} at={at} onChange={(part) => onChange({ ...action, value: { ...action.value, ...part } })} />;
    case "email":
      return <EmailBoxes action={action.value} at={at} onChange={(part) => onChange({ ...action, value: { ...action.value, ...part } })} />;
    case "webhook":
      return <WebhookBoxes action={action.value} at={at} onChange={(part) => onChange({ ...action, value: { ...action.value, ...part } })} />;
    case "removePassword":
      return <PasswordBoxes action={action.value} at={at} onChange={(part) => onChange({ ...action, value: { ...action.value, ...part } })} />;
    case "trash":
      return <p className={style.hint}>{say("workflows.action.trash.about")}</p>;
  }
}
