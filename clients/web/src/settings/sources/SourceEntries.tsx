import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { type Source, SourceService } from "@sdk/scriba/v1/sources_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { standingOfLink } from "@/document/panels/sharing/linkTerms";
import style from "@/document/panels/sharing/sharing.module.css";
import { useFormats } from "@/formats/formats";
import { Button, IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

interface SourceEntriesProps {
  readonly sources: readonly Source[];
  readonly onEdit: (source: Source) => void;
}

/** Upload links as they stand: paused and going on, changed, or taken back for ever. */
export function SourceEntries({ sources, onEdit }: SourceEntriesProps) {
  const say = useWords();
  const explain = useExplanation();
  const refresh = useRefreshedSources();
  const updating = useMutation(SourceService.method.updateSource);
  const deleting = useMutation(SourceService.method.deleteSource);
  const [leaving, setLeaving] = useState<Source | null>(null);
  const turn = async (id: string, disabled: boolean, isUndo = false) => {
    try {
      await updating.mutateAsync({ source: { id, disabled }, updateMask: { paths: ["disabled"] } });
      notify(say(disabled ? "sources.paused" : "sources.goes_on"), isUndo ? undefined : () => void turn(id, !disabled, true));
      await refresh();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  const remove = async (id: string) => {
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
      <ul className={style.links} aria-label={say("settings.sources")}>
        {sources.map((source) => (
          <SourceEntry key={source.id} source={source} onEdit={() => onEdit(source)} onTurn={(disabled) => void turn(source.id, disabled)} onDelete={() => setLeaving(source)} />
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
              <Button look="danger" onPress={() => void remove(leaving.id)}>
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

interface SourceEntryProps {
  readonly source: Source;
  readonly onEdit: () => void;
  readonly onTurn: (disabled: boolean) => void;
  readonly onDelete: () => void;
}

function SourceEntry({ source, onEdit, onTurn, onDelete }: SourceEntryProps) {
  const say = useWords();
  const formats = useFormats();
  const { maxFiles, files, bytes, disabled, expireTime } = source;
  const standing = standingOfLink({ disabled, maxDownloads: maxFiles, downloads: files, ...(expireTime && { expireTime }) }, new Date());
  const name = source.name || say("panels.link.unnamed");
  const facts = [
    maxFiles > 0 ? say("sources.files_of", { count: files, most: maxFiles }) : say("sources.files", { count: files }),
    bytes > 0n ? formats.size(bytes) : "",
    expireTime ? say("panels.link.until_when", { when: formats.moment(expireTime) }) : say("panels.link.endless"),
    source.hasPassword ? say("panels.link.has_password") : "",
  ];
  const labels = [...source.tags, source.correspondent, source.documentType, source.storagePath].filter(Boolean);
  return (
    <li className={style.link}>
      <div className={style.linkHead}>
        <strong>{name}</strong>
        <Chip text={say(`panels.link.standing.${standing}`)} look={standing === "open" ? "good" : "plain"} />
      </div>
      <p className={style.about}>{facts.filter(Boolean).join(" · ")}</p>
      {labels.length > 0 && <p className={style.about}>{say("sources.gives", { labels: labels.join(", ") })}</p>}
      <div className={style.linkActions}>
        {standing === "open" || standing === "off" ? (
          <Switch isSelected={!disabled} onChange={(isOn) => onTurn(!isOn)}>
            {say("panels.link.works")}
          </Switch>
        ) : (
          <span />
        )}
        <span>
          <IconButton icon={Pencil} label={say("sources.edit_named", { name })} onPress={onEdit} />
          <IconButton icon={Trash2} label={say("panels.link.delete_named", { name })} onPress={onDelete} />
        </span>
      </div>
    </li>
  );
}

/** Gives a function that asks anew for upload links, after one was made or changed. */
export function useRefreshedSources(): () => Promise<void> {
  const queries = useQueryClient();
  const transport = useTransport();
  return () => queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: SourceService, transport, cardinality: undefined }) });
}
