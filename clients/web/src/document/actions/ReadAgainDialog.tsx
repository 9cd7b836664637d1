import { useMutation, useQuery } from "@connectrpc/connect-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";
import { DocumentService, OcrMode, type Document } from "@sdk/scriba/v1/documents_pb.js";
import { useState } from "react";
import { useIntl } from "react-intl";

import { useRefreshed } from "@/document/panels/refreshing";
import { languageName } from "@/formats/languages";
import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords, type WordId } from "@/words/words";

const MODES = [
  [OcrMode.UNSPECIFIED, "document.mode.usual"],
  [OcrMode.SKIP, "document.mode.skip"],
  [OcrMode.REDO, "document.mode.redo"],
  [OcrMode.FORCE, "document.mode.force"],
  [OcrMode.OFF, "document.mode.off"],
] as const satisfies readonly (readonly [OcrMode, WordId])[];

interface ReadAgainProps {
  readonly document: Document;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Has a document read again, in another language or another way. */
export function ReadAgainDialog({ document: { id }, isOpen, onClose }: ReadAgainProps) {
  const say = useWords();
  const { locale } = useIntl();
  const explain = useExplanation();
  const refresh = useRefreshed(id);
  const [mode, setMode] = useState<OcrMode>(OcrMode.UNSPECIFIED);
  const [language, setLanguage] = useState("");
  const languages = useQuery(AdminService.method.getServerInfo, {}, { enabled: isOpen }).data?.ocrLanguages ?? [];
  const again = useMutation(DocumentService.method.reprocessDocument, {
    onSuccess: async () => {
      onClose();
      notify(say("document.is_read_again"));
      await refresh();
    },
    onError: (error) => notifyWrong(explain(error)),
  });
  return (
    <Dialog
      title={say("document.read_again")}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" isDisabled={again.isPending} onPress={() => again.mutate({ id, ocrMode: mode, ocrLanguage: language })}>
            {say("document.read_again")}
          </Button>
        </>
      }
    >
      <Choice
        label={say("document.language")}
        options={[
          { value: "", text: say("document.language.usual") },
          ...languages.filter((code) => code !== "osd").map((code) => ({ value: code, text: languageName(code, locale) })),
        ]}
        value={language}
        onChange={setLanguage}
      />
      <Choice
        label={say("document.mode")}
        options={MODES.map(([value, word]) => ({ value: String(value), text: say(word) }))}
        value={String(mode)}
        onChange={(wanted) => setMode(MODES.find(([value]) => String(value) === wanted)?.[0] ?? OcrMode.UNSPECIFIED)}
      />
      <p>{say("document.read_again.text")}</p>
    </Dialog>
  );
}
