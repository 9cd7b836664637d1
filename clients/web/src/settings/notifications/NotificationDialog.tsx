import { useMutation } from "@connectrpc/connect-query";
import { type Notification, NotificationService } from "@sdk/scriba/v1/notifications_pb.js";
import { type SubmitEvent, useId, useState } from "react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { NotificationBoxes } from "@/settings/notifications/NotificationBoxes";
import { type Box, changedPaths, formOf, mistakesIn, NEW_NOTIFICATION, notificationFrom } from "@/settings/notifications/notificationForm";
import { useRefreshedNotifications } from "@/settings/notifications/useNotificationDeeds";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

interface NotificationDialogProps {
  /** Null for a new one. */
  readonly notification: Notification | null;
  readonly onClose: () => void;
}

const BOXES: Readonly<Record<string, Box>> = { name: "name", events: "events", url: "url", secret: "secret", view_ids: "views", due_days: "days" };

/** Of what somebody is told, and how. */
export function NotificationDialog({ notification, onClose }: NotificationDialogProps) {
  const say = useWords();
  const formId = useId();
  const refresh = useRefreshedNotifications();
  const [before] = useState(notification ? formOf(notification) : NEW_NOTIFICATION);
  const [form, setForm] = useState(before);
  const [isSent, setIsSent] = useState(false);
  const creating = useMutation(NotificationService.method.createNotification);
  const updating = useMutation(NotificationService.method.updateNotification);
  const mistakes = mistakesIn(form, before);
  const { faults, other } = useFaults(isSent ? mistakes : [], creating.error ?? updating.error);
  const store = async () => {
    if (!notification) {
      await creating.mutateAsync({ notification: notificationFrom(form) });
      return;
    }
    const paths = changedPaths(before, form);
    if (paths.length > 0) await updating.mutateAsync({ notification: { id: notification.id, etag: notification.etag, ...notificationFrom(form) }, updateMask: { paths } });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsSent(true);
    if (mistakes.length > 0) return;
    const saved = () => {
      notify(say("panels.saved", { what: form.name.trim() }));
      onClose();
      void refresh();
    };
    store().then(saved, () => undefined); // told by the form
  };
  return (
    <Dialog
      title={notification ? say("notifications.edit_named", { name: notification.name }) : say("notifications.new")}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button type="submit" form={formId} look="main" isDisabled={creating.isPending || updating.isPending}>
            {say(notification ? "parts.save" : "notifications.make")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        <NotificationBoxes form={form} before={before} faults={faults} onChange={setForm} />
        {other && <p role="alert">{other}</p>}
      </form>
    </Dialog>
  );
}

/** Gives what is wrong, by its box: what the form sees itself, else what the server says; `other` belongs to none. */
function useFaults(mistakes: readonly Box[], error: unknown): { readonly faults: Partial<Record<Box, string>>; readonly other: string } {
  const say = useWords();
  const explain = useExplanation();
  const faults: Partial<Record<Box, string>> = Object.fromEntries(mistakes.map((box) => [box, say(`notifications.wrong.${box}`)]));
  if (!error) return { faults, other: "" };
  const violations = Object.entries(refusalOf(error).violations).flatMap(([path, words]) => {
    const box = BOXES[path.replace("notification.", "")];
    return box ? [[box, words] as const] : [];
  });
  return violations.length > 0 ? { faults: { ...Object.fromEntries(violations), ...faults }, other: "" } : { faults, other: explain(error) };
}
