import { Copy } from "lucide-react";
import { useIntl } from "react-intl";

import { useFacts } from "@/document/panels/facts/facts";
import { useFormats } from "@/formats/formats";
import { IconButton } from "@/parts/Button";
import { copyText } from "@/parts/copying";
import { notify, notifyWrong } from "@/parts/notices";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

/** What is so of the file, whatever people think of it. */
export function FileFacts() {
  const say = useWords();
  const formats = useFormats();
  const { locale } = useIntl();
  const { document } = useFacts();
  const copy = async () => {
    if (await copyText(document.sha256)) notify(say("parts.copied"));
    else notifyWrong(say("parts.copy.refused"));
  };
  const language = document.language === "" ? say("panels.file.language.unknown") : (new Intl.DisplayNames(locale, { type: "language" }).of(document.language) ?? document.language);
  const marks = [document.encrypted && say("panels.file.encrypted"), document.signed && say("panels.file.signed"), document.hasArchive && say("panels.file.archive")].filter((mark) => mark !== false);
  return (
    <dl className={style.table}>
      <dt>{say("panels.file.name")}</dt>
      <dd>{document.originalFilename}</dd>
      <dt>{say("panels.file.size")}</dt>
      <dd>{formats.size(document.sizeBytes)}</dd>
      {document.pageCount > 0 && (
        <>
          <dt>{say("panels.file.pages")}</dt>
          <dd>{formats.count(document.pageCount)}</dd>
        </>
      )}
      <dt>{say("panels.file.type")}</dt>
      <dd>{document.mimeType}</dd>
      <dt>{say("panels.file.language")}</dt>
      <dd>{language}</dd>
      <dt>{say("panels.file.added")}</dt>
      <dd>{formats.moment(document.addedTime)}</dd>
      <dt>{say("panels.file.changed")}</dt>
      <dd>{formats.moment(document.updateTime)}</dd>
      {marks.length > 0 && (
        <>
          <dt>{say("panels.file.marks")}</dt>
          <dd>{marks.join(", ")}</dd>
        </>
      )}
      {document.duplicateCount > 0 && (
        <>
          <dt>{say("panels.file.duplicates")}</dt>
          <dd>{say("panels.file.duplicates.count", { count: document.duplicateCount })}</dd>
        </>
      )}
      <dt>SHA-256</dt>
      <dd className={style.sum}>
        <code title={document.sha256}>{document.sha256}</code>
        <IconButton icon={Copy} label={say("panels.copy.sum")} onPress={() => void copy()} />
      </dd>
    </dl>
  );
}
