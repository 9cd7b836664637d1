import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { type ShareLink, ShareService } from "@sdk/scriba/v1/shares_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { Lock, Trash2 } from "lucide-react";
import { useState } from "react";

import { standingOfLink } from "@/document/panels/sharing/linkTerms";
import { useFormats } from "@/formats/formats";
import { Button, IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

/** Links as they stand: turned off and on again, or taken back for ever, which is asked about since their addresses cannot come back. */
export function ShareLinks({ links, label }: { readonly links: readonly ShareLink[]; readonly label: string }) {
  const say = useWords();
  const explain = useExplanation();
  const refresh = useRefreshedLinks();
  const updating = useMutation(ShareService.method.updateShareLink);
  const deleting = useMutation(ShareService.method.deleteShareLink);
  const [leaving, setLeaving] = useState<ShareLink | null>(null);
  const turn = async ({ id }: ShareLink, disabled: boolean, isUndo = false) => {
    try {
      const { link } = await updating.mutateAsync({ link: { id, disabled }, updateMask: { paths: ["disabled"] } });
      notify(say(disabled ? "panels.link.off" : "panels.link.on"), isUndo || !link ? undefined : () => void turn(link, !disabled, true));
      await refresh();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  const remove = async ({ id }: ShareLink) => {
    setLeaving(null);
    try {
      await deleting.mutateAsync({ id });
      notify(say("panels.link.deleted"));
      await refresh();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  return (
    <>
      <ul className={style.links} aria-label={label}>
        {links.map((link) => (
          <LinkEntry key={link.id} link={link} onTurn={(disabled) => void turn(link, disabled)} onDelete={() => setLeaving(link)} />
        ))}
      </ul>
      {leaving && (
        <Dialog
          title={say("panels.link.delete")}
          isOpen
          onClose={() => setLeaving(null)}
          actions={
            <>
              <Button onPress={() => setLeaving(null)}>{say("parts.cancel")}</Button>
              <Button look="danger" onPress={() => void remove(leaving)}>
                {say("panels.link.delete.go")}
              </Button>
            </>
          }
        >
          <p>{say("panels.link.delete.about", { name: leaving.name || say("panels.link.unnamed") })}</p>
        </Dialog>
      )}
    </>
  );
}

interface LinkEntryProps {
  readonly link: ShareLink;
  readonly onTurn: (disabled: boolean) => void;
  readonly onDelete: () => void;
}

function LinkEntry({ link, onTurn, onDelete }: LinkEntryProps) {
  const say = useWords();
  const formats = useFormats();
  const standing = standingOfLink(link, new Date());
  const name = link.name || say("panels.link.unnamed");
  const used = link.maxDownloads > 0 ? say("panels.link.used_of", { count: link.downloads, most: link.maxDownloads }) : say("panels.link.used_count", { count: link.downloads });
  const facts = [
    link.documentIds.length > 1 ? say("panels.link.documents", { count: link.documentIds.length }) : "",
    link.expireTime ? say("panels.link.until_when", { when: formats.moment(link.expireTime) }) : say("panels.link.endless"),
    used,
    link.makerName,
  ];
  return (
    <li className={style.link}>
      <div className={style.linkHead}>
        <strong>{name}</strong>
        <Chip text={say(`panels.link.standing.${standing}`)} look={standing === "open" ? "good" : "plain"} />
        {link.hasPassword && <Lock size={16} role="img" aria-label={say("panels.link.has_password")} />}
      </div>
      <p className={style.about}>{facts.filter(Boolean).join(" · ")}</p>
      <div className={style.linkActions}>
        {(standing === "open" || standing === "off") && (
          <Switch isSelected={!link.disabled} onChange={(isOn) => onTurn(!isOn)}>
            {say("panels.link.works")}
          </Switch>
        )}
        <IconButton icon={Trash2} label={say("panels.link.delete_named", { name })} onPress={onDelete} />
      </div>
    </li>
  );
}

/** Gives a function that asks anew for share links, after one was made or changed. */
export function useRefreshedLinks(): () => Promise<void> {
  const queries = useQueryClient();
  const transport = useTransport();
  return () => queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: ShareService, transport, cardinality: undefined }) });
}
