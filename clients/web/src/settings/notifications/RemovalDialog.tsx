import type { Notification } from "@sdk/scriba/v1/notifications_pb.js";
import { Trash2 } from "lucide-react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { useNotificationDeeds } from "@/settings/notifications/useNotificationDeeds";
import { useWords } from "@/words/words";

interface RemovalDialogProps {
  readonly notification: Notification;
  readonly onClose: () => void;
}

/** Asks, since its secret is gone for ever. */
export function RemovalDialog({ notification, onClose }: RemovalDialogProps) {
  const say = useWords();
  const { remove, isPending } = useNotificationDeeds();
  return (
    <Dialog
      title={say("notifications.remove.title", { name: notification.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" icon={Trash2} isDisabled={isPending} onPress={() => void remove(notification).then(onClose)}>
            {say("notifications.remove")}
          </Button>
        </>
      }
    >
      <p>{say("notifications.remove.about")}</p>
    </Dialog>
  );
}
