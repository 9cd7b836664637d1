import type { MailAccount } from "@sdk/scriba/v1/mail_pb.js";
import { Trash2 } from "lucide-react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { useAccountDeeds } from "@/settings/mail/useAccountDeeds";
import { useWords } from "@/words/words";

interface RemovalDialogProps {
  readonly account: MailAccount;
  readonly onClose: () => void;
  readonly onGone?: () => void;
}

/** Asks, since the secret is gone for ever, and what is known of the mails. */
export function RemovalDialog({ account, onClose, onGone }: RemovalDialogProps) {
  const say = useWords();
  const { remove, isPending } = useAccountDeeds();
  const go = async () => {
    await remove(account);
    onClose();
    onGone?.();
  };
  return (
    <Dialog
      title={say("mail.account.remove.title", { name: account.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" icon={Trash2} isDisabled={isPending} onPress={() => void go()}>
            {say("mail.account.remove")}
          </Button>
        </>
      }
    >
      <p>{say("mail.account.remove.rules")}</p>
      <p>{say("mail.account.remove.anew")}</p>
      <p>{say("mail.account.remove.stays")}</p>
    </Dialog>
  );
}
