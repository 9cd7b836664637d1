import { useMutation, useQuery } from "@connectrpc/connect-query";
import { type Document, FileKind } from "@sdk/scriba/v1/documents_pb.js";
import { type Version, VersionService } from "@sdk/scriba/v1/versions_pb.js";
import { Download, Trash2 } from "lucide-react";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { DownloadMeter } from "@/document/actions/DownloadMeter";
import { useDownload } from "@/document/actions/useDownload";
import { InPlaceText } from "@/document/panels/facts/InPlaceText";
import { giverWord } from "@/document/panels/facts/reasons";
import { useRefreshed } from "@/document/panels/refreshing";
import { useFormats } from "@/formats/formats";
import { Button, IconButton } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./versions.module.css";

/** The files that a document has had, the newest first. */
export function VersionsPanel({ document }: { readonly document: Document }) {
  const say = useWords();
  const explain = useExplanation();
  const refresh = useRefreshed(document.id);
  const versions = useQuery(VersionService.method.listVersions, { documentId: document.id });
  const deleting = useMutation(VersionService.method.deleteVersion);
  const [leaving, setLeaving] = useState<Version | null>(null);
  const { now, download } = useDownload();
  const remove = async ({ number }: Version) => {
    setLeaving(null);
    try {
      await deleting.mutateAsync({ documentId: document.id, number });
      notify(say("panels.version.deleted", { number }));
      await refresh();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  if (versions.isPending) return <Loading />;
  if (versions.error) return <Problem error={versions.error} onRetry={() => void versions.refetch()} />;
  return (
    <div className={style.versions}>
      <DownloadMeter now={now} />
      <ol className={style.list} aria-label={say("panels.versions")}>
        {versions.data.versions.toReversed().map((version) => (
          <VersionEntry key={version.number} version={version} isTrashed={document.deleteTime !== undefined} onDelete={() => setLeaving(version)} onDownload={() => download({ id: document.id, version: version.number, kind: FileKind.ORIGINAL })} />
        ))}
      </ol>
      {leaving && (
        <Dialog
          title={say("panels.version.delete", { number: leaving.number })}
          isOpen
          onClose={() => setLeaving(null)}
          actions={
            <>
              <Button onPress={() => setLeaving(null)}>{say("parts.cancel")}</Button>
              <Button look="danger" onPress={() => void remove(leaving)}>
                {say("panels.version.delete.go")}
              </Button>
            </>
          }
        >
          <p>{say("panels.version.delete.about")}</p>
          {leaving.current && <p>{say("panels.version.delete.current")}</p>}
        </Dialog>
      )}
    </div>
  );
}

interface VersionEntryProps {
  readonly version: Version;
  readonly isTrashed: boolean;
  readonly onDelete: () => void;
  readonly onDownload: () => void;
}

function VersionEntry({ version, isTrashed, onDelete, onDownload }: VersionEntryProps) {
  const say = useWords();
  const formats = useFormats();
  const may = useMay();
  const explain = useExplanation();
  const refresh = useRefreshed(version.documentId);
  const updating = useMutation(VersionService.method.updateVersion);
  const { documentId, number } = version;
  const name = async (label: string): Promise<string | null> => {
    try {
      await updating.mutateAsync({ version: { documentId, number, label: label.trim() }, updateMask: { paths: ["label"] } });
    } catch (error) {
      return explain(error);
    }
    notify(say("panels.saved", { what: say("panels.version.label") }), () => void updating.mutateAsync({ version: { documentId, number, label: version.label }, updateMask: { paths: ["label"] } }).then(refresh));
    await refresh();
    return null;
  };
  return (
    <li className={style.version}>
      <header className={style.header}>
        <h2>{say("panels.version", { number })}</h2>
        {version.current && <Chip text={say("panels.version.current")} look="good" />}
        <span className={style.actions}>
          <IconButton icon={Download} label={say("panels.version.download", { number })} onPress={onDownload} />
          {may.administer && number > 1 && !isTrashed && <IconButton icon={Trash2} label={say("panels.version.delete", { number })} onPress={onDelete} />}
        </span>
      </header>
      <p className={style.small}>
        {[formats.moment(version.createTime), say(giverWord(version.giver)), version.reason, version.pageCount > 0 ? say("panels.version.pages", { count: version.pageCount }) : "", formats.size(version.sizeBytes)].filter(Boolean).join(" · ")}
      </p>
      {may.edit && !isTrashed ? <InPlaceText label={say("panels.version.label")} value={version.label} isReadOnly={false} onSave={name} /> : <p>{version.label}</p>}
    </li>
  );
}
