import { useQuery } from "@connectrpc/connect-query";
import { IdentityService } from "@sdk/scriba/v1/identity_pb.js";
import type { MailAccount } from "@sdk/scriba/v1/mail_pb.js";
import { Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";

import { useMay, useSignedIn } from "@/app/queries";
import { IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { AccountStanding } from "@/settings/mail/AccountStanding";
import { PlaceLink, useGo } from "@/settings/mail/going";
import { RemovalDialog } from "@/settings/mail/RemovalDialog";
import { useAccountDeeds } from "@/settings/mail/useAccountDeeds";
import { useWords } from "@/words/words";

import style from "./mail.module.css";

const MOST_USERS = 1000;

/** All accounts by name, each with how it stands. */
export function AccountList({ accounts }: { readonly accounts: readonly MailAccount[] }) {
  const say = useWords();
  const [leaving, setLeaving] = useState<MailAccount | null>(null);
  return (
    <>
      <ul className={style.list} aria-label={say("mail.accounts")}>
        {accounts.map((account) => (
          <Entry key={account.id} account={account} onRemove={() => setLeaving(account)} />
        ))}
      </ul>
      {leaving && <RemovalDialog account={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function Entry({ account, onRemove }: { readonly account: MailAccount; readonly onRemove: () => void }) {
  const say = useWords();
  const go = useGo();
  const owner = useOwner(account);
  const { turn, look, isPending } = useAccountDeeds();
  const { id, name, user, host, disabled } = account;
  return (
    <li className={style.entry}>
      <span className={style.what}>
        <PlaceLink to={{ page: "account", id, state: "all" }}>{name}</PlaceLink>
        <small>{[user === name ? "" : user, host, owner].filter(Boolean).join(" · ")}</small>
      </span>
      <span className={style.switches}>
        <Switch aria-label={`${name}: ${say("mail.enabled")}`} isSelected={!disabled} isDisabled={isPending} onChange={(isOn) => void turn(account, isOn)} />
        <IconButton icon={RefreshCw} label={say("mail.account.look_at", { name })} isDisabled={disabled || isPending} onPress={() => void look(account)} />
        <IconButton icon={Pencil} label={say("mail.account.edit_named", { name })} onPress={() => go({ page: "edit-account", id })} />
        <IconButton icon={Trash2} label={say("parts.remove", { what: name })} onPress={onRemove} />
      </span>
      <AccountStanding account={account} />
    </li>
  );
}

/** Says whose it is where it is not the reader's own. */
function useOwner({ ownerId }: MailAccount): string {
  const say = useWords();
  const me = useSignedIn();
  const { administer } = useMay();
  const isOwn = ownerId === (me.id ?? "");
  const users = useQuery(IdentityService.method.listUsers, { pageSize: MOST_USERS }, { enabled: administer && !isOwn && ownerId !== "" }).data?.users ?? [];
  if (isOwn) return "";
  return ownerId === "" ? say("mail.account.of_command_line") : say("mail.account.of", { name: users.find(({ id }) => id === ownerId)?.name ?? "…" });
}
