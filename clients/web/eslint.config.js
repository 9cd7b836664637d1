import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  // Generated files are judged by the generator.
  globalIgnores(["**/node_modules/", "clients/web/sdk/", "clients/web/dist/"]),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["./clients/web/tsconfig.json", "./clients/web/tsconfig.node.json"],
        tsconfigRootDir: new URL("../..", import.meta.url).pathname,
      },
    },
  },
  {
    files: ["clients/web/src/**"],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }], // JSX takes lines that logic does not
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // The one door to the server: nothing else may make a client or call fetch.
      "no-restricted-globals": ["error", { name: "fetch", message: "calls go through transport/" }, { name: "localStorage", message: "what is kept is listed in kept.ts" }],
      "no-restricted-imports": ["error", { paths: [{ name: "@connectrpc/connect-web", message: "calls go through transport/" }] }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // The router's redirects are thrown, and are no errors.
      "@typescript-eslint/only-throw-error": ["error", { allow: [{ from: "package", package: "@tanstack/router-core", name: "Redirect" }] }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ["clients/web/src/transport/**", "clients/web/src/kept.ts"],
    rules: { "no-restricted-globals": "off", "no-restricted-imports": "off" },
  },
  {
    // Fakes in tests answer as servers do, which wait for nothing.
    files: ["clients/web/src/**/*.test.{ts,tsx}"],
    rules: { "@typescript-eslint/require-await": "off" },
  },
);
