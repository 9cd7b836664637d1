import { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import type { GetServerInfoResponse } from "@sdk/scriba/v1/admin_pb.js";
import { Camera, FileUp, FolderUp } from "lucide-react";
import { FileTrigger } from "react-aria-components";

import { withoutLitter } from "@/adding/chosen";
import type { Given } from "@/adding/uploads/queue";
import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { LabelBox, LabelsBox } from "@/parts/LabelBox";
import { useWords } from "@/words/words";

import style from "./AddDialog.module.css";

interface AddDialogProps {
  readonly isOpen: boolean;
  /** What the archive takes; undefined until it is told. */
  readonly info: GetServerInfoResponse | undefined;
  readonly given: Given;
  readonly mayMakeLabels: boolean;
  readonly onGiven: (given: Given) => void;
  readonly onClose: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The ways to bring files, and what all of them shall get. */
export function AddDialog({ isOpen, info, given, mayMakeLabels, onGiven, onClose, onFiles }: AddDialogProps) {
  const say = useWords();
  const formats = useFormats();
  const take = (list: FileList | null) => list && onFiles([...list]);
  return (
    <Dialog title={say("adding.title")} isOpen={isOpen} onClose={onClose}>
      <div className={style.ways}>
        <FileTrigger allowsMultiple onSelect={take}>
          <Button icon={FileUp} look="main" autoFocus>
            {say("adding.files")}
          </Button>
        </FileTrigger>
        <FileTrigger acceptDirectory onSelect={(list) => list && onFiles(withoutLitter([...list]))}>
          <Button icon={FolderUp}>{say("adding.folder")}</Button>
        </FileTrigger>
        {hasCamera() && (
          <FileTrigger acceptedFileTypes={["image/*"]} defaultCamera="environment" onSelect={take}>
            <Button icon={Camera}>{say("adding.photo")}</Button>
          </FileTrigger>
        )}
      </div>
      <p className={style.hint}>{say("adding.hint")}</p>
      {info && <p className={style.hint}>{say("adding.bounds", { size: formats.size(info.maxUploadBytes) })}</p>}
      {info && !info.accepting && <p className={style.refusing}>{say("adding.not_accepting")} {info.problem}</p>}
      {mayMakeLabels && (
        <fieldset className={style.given}>
          <legend>{say("adding.given")}</legend>
          <LabelsBox kind={LabelKind.TAG} label={say("adding.tags")} mayMake values={given.tags} onChange={(tags) => onGiven({ ...given, tags })} />
          <LabelBox kind={LabelKind.CORRESPONDENT} label={say("adding.correspondent")} mayMake value={given.correspondent} onChange={(correspondent) => onGiven({ ...given, correspondent })} />
        </fieldset>
      )}
    </Dialog>
  );
}

/** Tells of a phone or tablet, whose file chooser brings the camera; elsewhere it would be the same as choosing a file. */
function hasCamera(): boolean {
  return globalThis.matchMedia("(pointer: coarse)").matches;
}
