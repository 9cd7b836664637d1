import { createConnectQueryKey, useMutation, useTransport } from "@connectrpc/connect-query";
import { type Notification, NotificationService } from "@sdk/scriba/v1/notifications_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { useExplanation } from "@/parts/states";
import { telling } from "@/parts/telling";
import { useWords } from "@/words/words";

export interface NotificationDeeds {
  /** Switches it on or off, which can be undone. */
  readonly turn: (notification: Notification, isOn: boolean) => Promise<void>;
  /** Sends a message now, to see whether it arrives. */
  readonly test: (notification: Notification) => Promise<void>;
  readonly remove: (notification: Notification) => Promise<void>;
  readonly isPending: boolean;
}

/** What is done to a notification as a whole, each told once it is done. */
export function useNotificationDeeds(): NotificationDeeds {
  const say = useWords();
  const updating = useMutation(NotificationService.method.updateNotification);
  const testing = useMutation(NotificationService.method.testNotification);
  const deleting = useMutation(NotificationService.method.deleteNotification);
  const told = telling(useExplanation(), useRefreshedNotifications());
  const turn = ({ id, name }: Pick<Notification, "id" | "name">, isOn: boolean, isUndo = false): Promise<void> =>
    told(
      () => updating.mutateAsync({ notification: { id, disabled: !isOn }, updateMask: { paths: ["disabled"] } }),
      say(isOn ? "notifications.turned_on" : "notifications.turned_off", { name }),
      isUndo ? undefined : () => void turn({ id, name }, !isOn, true),
    );
  return {
    turn: (notification, isOn) => turn(notification, isOn),
    test: ({ id, name }) => told(() => testing.mutateAsync({ id }), say("notifications.tested", { name })),
    remove: ({ id, etag, name }) => told(() => deleting.mutateAsync({ id, etag }), say("notifications.removed", { name })),
    isPending: updating.isPending || testing.isPending || deleting.isPending,
  };
}

/** Gives a function that asks anew for notifications, after one was made or changed. */
export function useRefreshedNotifications(): () => Promise<void> {
  const queries = useQueryClient();
  const transport = useTransport();
  return () => queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: NotificationService, transport, cardinality: undefined }) });
}
