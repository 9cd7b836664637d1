import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { type ShareLink, ShareService } from "@sdk/scriba/v1/shares_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { LinkList, type ToldLink } from "@/document/panels/sharing/LinkList";
import { standingOfLink } from "@/document/panels/sharing/linkTerms";
import { useFormats } from "@/formats/formats";
import { useWords } from "@/words/words";

/** Links by which documents are read without an account. */
export function ShareLinks({ links, label }: { readonly links: readonly ShareLink[]; readonly label: string }) {
  const refresh = useRefreshedLinks();
  const told = useToldLink();
  const updating = useMutation(ShareService.method.updateShareLink, { onSuccess: refresh });
  const deleting = useMutation(ShareService.method.deleteShareLink, { onSuccess: refresh });
  return (
    <LinkList
      label={label}
      links={links.map(told)}
      turned={{ off: "panels.link.off", on: "panels.link.on" }}
      onTurn={(id, disabled) => updating.mutateAsync({ link: { id, disabled }, updateMask: { paths: ["disabled"] } })}
      onTakeBack={(id) => deleting.mutateAsync({ id })}
    />
  );
}

function useToldLink(): (link: ShareLink) => ToldLink {
  const say = useWords();
  const formats = useFormats();
  return (link) => {
    const { id, name, hasPassword, documentIds, expireTime, maxDownloads, downloads, makerName } = link;
    const facts = [
      documentIds.length > 1 ? say("panels.link.documents", { count: documentIds.length }) : "",
      expireTime ? say("panels.link.until_when", { when: formats.moment(expireTime) }) : say("panels.link.endless"),
      maxDownloads > 0 ? say("panels.link.used_of", { count: downloads, most: maxDownloads }) : say("panels.link.used_count", { count: downloads }),
      makerName,
    ];
    return { id, name, hasPassword, facts, standing: standingOfLink(link, new Date()) };
  };
}

/** Gives a function that asks anew for share links, after one was made or changed. */
export function useRefreshedLinks(): () => Promise<void> {
  const queries = useQueryClient();
  const transport = useTransport();
  return () => queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: ShareService, transport, cardinality: undefined }) });
}
