import { create } from "@bufbuild/protobuf";
import { NotificationEvent, NotificationSchema, NotificationWay } from "@sdk/scriba/v1/notifications_pb.js";
import { expect, test } from "vitest";

import { changedPaths, formOf, mistakesIn, needsSecret, NEW_NOTIFICATION, notificationFrom, withEvent } from "@/settings/notifications/notificationForm";

const KEPT = formOf(
  create(NotificationSchema, {
    name: "Phone",
    way: NotificationWay.NTFY,
    url: "https://ntfy.example/paper",
    events: [NotificationEvent.DUE, NotificationEvent.FAILED],
    dueDays: 14,
    hasSecret: true,
  }),
);

test("a notification that is opened and kept again changes nothing", () => {
  expect(KEPT.events).toEqual(["failed", "due"]);
  expect(changedPaths(KEPT, KEPT)).toEqual([]);
  expect(notificationFrom(KEPT)).not.toHaveProperty("secret");
});

test("days and views are sent only where their event is wanted", () => {
  const form = { ...KEPT, events: ["failed"], views: ["3"] } as const;
  expect(notificationFrom(form)).toMatchObject({ dueDays: 0, viewIds: [] });
  expect(notificationFrom(withEvent(withEvent(form, "view", true), "due", true))).toMatchObject({ dueDays: 14, viewIds: ["3"] });
});

test("what is missing is told by its box", () => {
  expect(mistakesIn(NEW_NOTIFICATION, NEW_NOTIFICATION)).toEqual(["name"]);
  const bare = { ...NEW_NOTIFICATION, name: "Phone", way: "json", url: "ntfy.example", events: ["view", "due"], days: "367" } as const;
  expect(mistakesIn(bare, NEW_NOTIFICATION)).toEqual(["url", "views", "days"]);
  expect(mistakesIn({ ...NEW_NOTIFICATION, name: "x", events: [] }, NEW_NOTIFICATION)).toEqual(["events"]);
});

test("a kept secret is asked for anew where it would go to another address", () => {
  expect(needsSecret({ ...KEPT, name: "Other" }, KEPT)).toBe(false);
  expect(mistakesIn({ ...KEPT, url: "https://ntfy.example/other" }, KEPT)).toEqual(["secret"]);
  expect(mistakesIn({ ...KEPT, url: "https://ntfy.example/other", secret: "" }, KEPT)).toEqual([]);
});

test("e-mail has no address of its own and no secret, and a kept one is taken away with it", () => {
  const byMail = { ...KEPT, way: "email" } as const;
  expect(notificationFrom(byMail)).toMatchObject({ url: "", secret: "" });
  expect(mistakesIn(byMail, KEPT)).toEqual([]);
  expect(changedPaths(KEPT, byMail)).toEqual(["way", "url", "secret"]);
});
