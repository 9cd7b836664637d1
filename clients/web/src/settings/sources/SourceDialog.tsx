import { useMutation } from "@connectrpc/connect-query";
import { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { type Source, SourceService } from "@sdk/scriba/v1/sources_pb.js";
import { useState } from "react";

import { NewLinkDialog } from "@/document/panels/sharing/NewLinkDialog";
import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { DateBox } from "@/parts/dates/DateBox";
import { Dialog } from "@/parts/Dialog";
import { LabelBox, LabelsBox } from "@/parts/LabelBox";
import { notify } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { useRefreshedSources } from "@/settings/sources/SourceEntries";
import { changedPaths, type FileKinds, formOf, mistakesIn, NEW_SOURCE, type SourceForm, sourceFrom } from "@/settings/sources/sourceForm";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

interface SourceDialogProps {
  /** Null for a new one. */
  readonly source: Source | null;
  readonly onClose: () => void;
}

/** What an upload link asks of files, and gives to the documents that come by it. */
export function SourceDialog({ source, onClose }: SourceDialogProps) {
  const say = useWords();
  const refresh = useRefreshedSources();
  const before = source ? formOf(source) : NEW_SOURCE;
  const [form, setForm] = useState(before);
  const creating = useMutation(SourceService.method.createSource);
  const updating = useMutation(SourceService.method.updateSource);
  const mistakes = mistakesIn(form);
  const save = async () => {
    if (!source) {
      await creating.mutateAsync({ source: sourceFrom(form) }).then(refresh, () => undefined); // told by the form
      return;
    }
    const paths = changedPaths(before, form);
    const saved = paths.length === 0 || (await updating.mutateAsync({ source: { id: source.id, etag: source.etag, ...sourceFrom(form) }, updateMask: { paths } }).then(() => true, () => false));
    if (!saved) return;
    if (paths.length > 0) notify(say("panels.saved", { what: form.name || say("panels.link.unnamed") }));
    onClose();
    await refresh();
  };
  if (creating.data) return <NewLinkDialog made={creating.data} onClose={onClose} />;
  return (
    <Dialog
      title={source ? say("sources.edit") : say("sources.new")}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" isDisabled={creating.isPending || updating.isPending || mistakes.files || mistakes.megabytes} onPress={() => void save()}>
            {source ? say("parts.save") : say("panels.link.make")}
          </Button>
        </>
      }
    >
      <SourceFields form={form} onChange={(part) => setForm({ ...form, ...part })} hadPassword={source?.hasPassword ?? false} error={creating.error ?? updating.error} />
    </Dialog>
  );
}

interface SourceFieldsProps {
  readonly form: SourceForm;
  readonly onChange: (part: Partial<SourceForm>) => void;
  readonly hadPassword: boolean;
  readonly error: unknown;
}

function SourceFields({ form, onChange, hadPassword, error }: SourceFieldsProps) {
  const say = useWords();
  const explain = useExplanation();
  const wrong: Readonly<Record<string, string>> = error ? refusalOf(error).violations : {};
  const mistakes = mistakesIn(form);
  const noNumber = say("panels.link.downloads.wrong");
  return (
    <>
      <p>{say("sources.about")}</p>
      <TextField label={say("panels.link.name")} hint={say("sources.name.hint")} value={form.name} onChange={(name) => onChange({ name })} maxLength={200} error={wrong["source.name"]} />
      <LabelsBox kind={LabelKind.TAG} label={say("panels.facts.tags")} mayMake values={form.tags} onChange={(tags) => onChange({ tags })} />
      <LabelBox kind={LabelKind.CORRESPONDENT} label={say("panels.facts.correspondent")} mayMake value={form.correspondent} onChange={(correspondent) => onChange({ correspondent })} />
      <LabelBox kind={LabelKind.DOCUMENT_TYPE} label={say("panels.facts.documentType")} mayMake value={form.documentType} onChange={(documentType) => onChange({ documentType })} />
      <LabelBox kind={LabelKind.STORAGE_PATH} label={say("panels.facts.storagePath")} value={form.storagePath} onChange={(storagePath) => onChange({ storagePath })} />
      <DateBox label={say("panels.link.until")} hint={say("panels.link.until.hint")} value={form.until} onChange={(until) => onChange({ until })} error={wrong["source.expire_time"]} />
      <TextField label={say("sources.max_files")} inputMode="numeric" hint={say("panels.link.downloads.hint")} value={form.files} onChange={(files) => onChange({ files })} error={mistakes.files ? noNumber : undefined} />
      <TextField label={say("sources.max_size")} inputMode="numeric" hint={say("sources.max_size.hint")} value={form.megabytes} onChange={(megabytes) => onChange({ megabytes })} error={mistakes.megabytes ? noNumber : undefined} />
      <Choice<FileKinds>
        label={say("sources.kinds")}
        value={form.kinds}
        onChange={(kinds) => onChange({ kinds })}
        options={[
          { value: "all", text: say("sources.kinds.all") },
          { value: "papers", text: say("sources.kinds.papers") },
          { value: "pictures", text: say("sources.kinds.pictures") },
        ]}
      />
      <TextField
        label={say("panels.link.password")}
        type="password"
        autoComplete="new-password"
        hint={say(!hadPassword ? "panels.link.password.hint" : form.password === "" ? "sources.password.none" : "sources.password.keep")}
        value={form.password ?? ""}
        onChange={(password) => onChange({ password: password === "" && hadPassword ? undefined : password })}
        error={wrong["source.password"]}
      />
      {hadPassword && form.password === undefined && (
        <Button look="quiet" onPress={() => onChange({ password: "" })}>
          {say("sources.password.remove")}
        </Button>
      )}
      {error !== null && error !== undefined && Object.keys(wrong).length === 0 && <p role="alert">{explain(error)}</p>}
    </>
  );
}
