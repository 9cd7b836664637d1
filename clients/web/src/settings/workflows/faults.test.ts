import { expect, test } from "vitest";

import { newAction, newTrigger, newWorkflow, type WorkflowDraft } from "@/settings/workflows/draft";
import { ACTION_BOXES, faultAt, faultsAt, faultsOf, homelessFaults, otherFaults, stillWrong, TRIGGER_BOXES } from "@/settings/workflows/faults";

const assign = newAction("x", "assign");
const password = newAction("y", "removePassword");
if (assign.case !== "assign" || password.case !== "removePassword") throw new Error("other actions");

const DRAFT: WorkflowDraft = {
  ...newWorkflow(),
  name: "W",
  triggers: [newTrigger("a"), newTrigger("b")],
  actions: [
    { ...assign, value: { ...assign.value, title: "{{", fields: [{ field: "Total", text: "1", several: [] }] } },
    { ...password, value: { kept: [1], passwords: [{ key: "p", password: "" }] } },
  ],
};

const FAULTS = faultsOf(
  {
    "workflow.name": "name",
    "workflow.actions": "too many",
    "workflow.triggers[1].tags.any_of[3]": "no tag 'x'",
    "workflow.triggers[1].tags.none_of[0]": "no tag 'y'",
    "workflow.triggers[1].future": "not known here",
    "workflow.actions[0].assign.title": "template",
    "workflow.actions[0].assign.fields[0]": "no amount",
    "workflow.actions[1].remove_password.passwords[0]": "empty",
    "workflow.actions[1]": "odd",
    document_id: "gone",
  },
  DRAFT,
);

test("what is wrong stands at the box of the trigger or action that was sent at that place", () => {
  const [second, first, third] = [faultsAt(FAULTS, "triggers/b"), faultsAt(FAULTS, "actions/x"), faultsAt(FAULTS, "actions/y")];
  expect([second("tags.any_of"), second("tags"), faultAt(FAULTS, "triggers/a")]).toEqual(["no tag 'x'", "no tag 'x'; no tag 'y'", undefined]);
  expect([first("assign.title"), first("assign.fields/Total"), third("remove_password.passwords/p")]).toEqual(["template", "no amount", "empty"]);
  expect([FAULTS["name"], FAULTS["actions"]]).toEqual(["name", "too many"]);
});

test("a box hears nothing of another whose name begins like its own", () => {
  expect(faultsAt({ "triggers/b/pathology": "x" }, "triggers/b")("path")).toBeUndefined();
});

test("whatever no box shows is told beside them, so that nothing is refused in silence", () => {
  expect(otherFaults(FAULTS, "triggers/b", TRIGGER_BOXES)).toEqual(["not known here"]);
  expect(otherFaults(FAULTS, "actions/x", ACTION_BOXES.assign)).toEqual([]);
  expect(otherFaults(FAULTS, "actions/y", ACTION_BOXES.removePassword)).toEqual(["odd"]);
  expect(homelessFaults(FAULTS)).toEqual(["gone"]);
});

test("a fault is told no more once its box says something else, and the others are", () => {
  expect(stillWrong(FAULTS, DRAFT, DRAFT)).toEqual(FAULTS);
  const { title, ...rest } = assign.value;
  const actions = DRAFT.actions.map((action) => (action.case === "assign" ? { ...action, value: { ...action.value, ...rest, fields: action.value.fields, title: `${title} mended` } } : action));
  const left = stillWrong(FAULTS, DRAFT, { ...DRAFT, name: "Other", actions });
  expect(Object.keys(FAULTS).filter((path) => !(path in left))).toEqual(["name", "actions/x/assign.title"]);
  const added = stillWrong(FAULTS, DRAFT, { ...DRAFT, actions: DRAFT.actions.slice(1) });
  expect(added["actions"]).toBeUndefined();
});
