import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  // Generated files are judged by the generator.
  globalIgnores(["**/node_modules/", "clients/web/sdk/"]),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ["./clients/web/tsconfig.json"], tsconfigRootDir: new URL("../..", import.meta.url).pathname },
    },
  },
);
