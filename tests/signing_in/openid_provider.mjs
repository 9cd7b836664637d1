// A real provider of sign-ins (OpenID Connect) on loopback, for tests: node-oidc-provider, with one client and users who need no password.
// node openid_provider.mjs PORT REDIRECT_URI CLIENT_SECRET

import process from "node:process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

// The packages are those of the web client, which this file does not lie below.
const require = createRequire(join(process.cwd(), "package.json"));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);
const [port, redirectUri, secret] = process.argv.slice(2);

const accounts = {
  anna: { preferred_username: "Anna", email: "anna@example.com", groups: ["Family", "Nobody's"] },
  bert: { preferred_username: "bert", email: "bert@example.com", groups: [] },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "scriba", client_secret: secret, redirect_uris: [redirectUri], token_endpoint_auth_method: "client_secret_basic" }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["preferred_username"], email: ["email"], groups: ["groups"] },
  scopes: ["openid", "profile", "email", "groups"],
  features: { devInteractions: { enabled: true } },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
