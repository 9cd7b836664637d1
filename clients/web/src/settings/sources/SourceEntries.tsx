import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { type Source, SourceService } from "@sdk/scriba/v1/sources_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { LinkList, type ToldLink } from "@/document/panels/sharing/LinkList";
import { standingOfLink } from "@/document/panels/sharing/linkTerms";
import { useFormats } from "@/formats/formats";
import { useWords } from "@/words/words";

interface SourceEntriesProps {
  readonly sources: readonly Source[];
  readonly onEdit: (id: string) => void;
}

/** Upload links as they stand, to be paused, changed, and taken back. */
export function SourceEntries({ sources, onEdit }: SourceEntriesProps) {
  const say = useWords();
  const refresh = useRefreshedSources();
  const told = useToldSource();
  const updating = useMutation(SourceService.method.updateSource, { onSuccess: refresh });
  const deleting = useMutation(SourceService.method.deleteSource, { onSuccess: refresh });
  return (
    <LinkList
      label={say("settings.sources")}
      links={sources.map(told)}
      turned={{ off: "sources.paused", on: "sources.goes_on" }}
      onTurn={(id, disabled) => updating.mutateAsync({ source: { id, disabled }, updateMask: { paths: ["disabled"] } })}
      onTakeBack={(id) => deleting.mutateAsync({ id })}
      onEdit={onEdit}
    />
  );
}

function useToldSource(): (source: Source) => ToldLink {
  const say = useWords();
  const formats = useFormats();
  return ({ id, name, hasPassword, disabled, maxFiles, files, bytes, expireTime, tags, correspondent, documentType, storagePath }) => {
    const facts = [
      maxFiles > 0 ? say("sources.files_of", { count: files, most: maxFiles }) : say("sources.files", { count: files }),
      bytes > 0n ? formats.size(bytes) : "",
      expireTime ? say("panels.link.until_when", { when: formats.moment(expireTime) }) : say("panels.link.endless"),
    ];
    const labels = [...tags, correspondent, documentType, storagePath].filter(Boolean).join(", ");
    const standing = standingOfLink({ disabled, maxDownloads: maxFiles, downloads: files, ...(expireTime && { expireTime }) }, new Date());
    return { id, name, hasPassword, standing, facts, more: labels && say("sources.gives", { labels }) };
  };
}

/** Gives a function that asks anew for upload links, after one was made or changed. */
export function useRefreshedSources(): () => Promise<void> {
  const queries = useQueryClient();
  const transport = useTransport();
  return () => queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: SourceService, transport, cardinality: undefined }) });
}
