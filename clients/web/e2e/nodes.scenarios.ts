import type { BrowserContext, Page } from "playwright-core";
import { timestampNow } from "@bufbuild/protobuf/wkt";

import { AdminService } from "../sdk/scriba/v1/admin_pb.js";
import { ClusterService } from "../sdk/scriba/v1/cluster_pb.js";
import { serviceOf } from "./archive.ts";
import { expectAccessible, open, scenario } from "./house.ts";
import { machine } from "./surroundings.ts";

const ADDRESS = "/settings/nodes";
const NAME = "laptop-of-the-scenario";

/** Joins as `scribad join` does, by what the page shows for it. */
async function join(context: BrowserContext, command: string): Promise<void> {
  const [, code = ""] = / --code (\S+)$/.exec(command) ?? [];
  const cluster = await serviceOf(context, ClusterService);
  const { versions, signingRequest } = machine();
  await cluster.joinCluster({ ...versions, proof: { case: "code", value: code }, hostname: NAME, signingRequest, time: timestampNow() });
}

async function shown(page: Page): Promise<string> {
  return page.getByRole("dialog", { name: "Add a machine" }).locator("pre").innerText();
}

scenario("a machine joins by what the page shows, which says so when it has come, and is removed only when asked once more", async (page, context) => {
  await open(page, ADDRESS);
  await page.getByRole("button", { name: "Add a machine" }).click();
  const adding = page.getByRole("dialog", { name: "Add a machine" });
  await adding.getByText("Waits for the machine").waitFor();
  await expectAccessible(page);
  await join(context, await shown(page));
  await adding.getByText(`${NAME} has joined`).waitFor();
  await adding.getByRole("button", { name: "Done" }).click();
  const card = page.getByRole("region", { name: NAME });
  await card.getByText(/^Away since /).waitFor();
  await expectAccessible(page);
  await card.getByRole("button", { name: "Remove" }).click();
  const asked = page.getByRole("dialog", { name: `Remove ${NAME}` });
  await asked.getByText(/needs a new code/).waitFor();
  await expectAccessible(page);
  await asked.getByRole("button", { name: "Remove", exact: true }).click();
  await card.waitFor({ state: "detached" });
  const { nodes } = await (await serviceOf(context, AdminService)).listNodes({});
  if (nodes.some(({ hostname }) => hostname === NAME)) throw new Error("the machine is still there");
});

scenario(
  "on a dark phone in German, who comes by the address makes a code there, and can read and copy it",
  async (page) => {
    await open(page, `${ADDRESS}?open=add`);
    await page.getByRole("button", { name: "Code erzeugen" }).click();
    const adding = page.getByRole("dialog", { name: "Rechner hinzufügen" });
    await adding.getByText(/^Gilt einmal, bis /).waitFor();
    await expectAccessible(page);
    await adding.getByRole("button", { name: "Kopieren" }).click();
    await adding.getByText("Kopiert.").waitFor();
    await adding.getByRole("button", { name: "Fertig" }).click();
    await adding.waitFor({ state: "detached" });
    await page.waitForURL((url) => url.search === "");
  },
  { phone: true, dark: true, language: "de-DE" },
);
