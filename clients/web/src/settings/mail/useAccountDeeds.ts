import { useMutation } from "@connectrpc/connect-query";
import { type MailAccount, MailService } from "@sdk/scriba/v1/mail_pb.js";

import { telling } from "@/parts/telling";
import { useMailExplanation, useRefreshedMail } from "@/settings/mail/asking";
import { useWords } from "@/words/words";

export interface AccountDeeds {
  /** Switches it on or off, which can be undone. */
  readonly turn: (account: MailAccount, isOn: boolean) => Promise<void>;
  /** Has mail looked for now. */
  readonly look: (account: MailAccount) => Promise<void>;
  readonly remove: (account: MailAccount) => Promise<void>;
  readonly isPending: boolean;
}

/** What is done to an account as a whole, each told once it is done. */
export function useAccountDeeds(): AccountDeeds {
  const say = useWords();
  const updating = useMutation(MailService.method.updateMailAccount);
  const fetching = useMutation(MailService.method.fetchMail);
  const deleting = useMutation(MailService.method.deleteMailAccount);
  const told = telling(useMailExplanation(), useRefreshedMail());
  const turn = ({ id, name }: Pick<MailAccount, "id" | "name">, isOn: boolean, isUndo = false): Promise<void> =>
    told(
      () => updating.mutateAsync({ account: { id, disabled: !isOn }, updateMask: { paths: ["disabled"] } }),
      say(isOn ? "mail.account.on" : "mail.account.off", { name }),
      isUndo ? undefined : () => void turn({ id, name }, !isOn, true),
    );
  return {
    turn: (account, isOn) => turn(account, isOn),
    look: ({ id, name }) => told(() => fetching.mutateAsync({ accountId: id }), say("mail.account.looked_for", { name })),
    remove: ({ id, etag, name }) => told(() => deleting.mutateAsync({ id, etag }), say("mail.account.removed", { name })),
    isPending: updating.isPending || fetching.isPending || deleting.isPending,
  };
}
