import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { parse } from "@formatjs/icu-messageformat-parser";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type DescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const PDFJS = new URL("node_modules/pdfjs-dist/", import.meta.url);
const PDFJS_VERSION = (JSON.parse(readFileSync(new URL("package.json", PDFJS), "utf8")) as { version: string }).version;
// What it fetches by name when a file needs it. Of wasm/, the decoder of JPEG 2000 in plain script alone: the CSP lets no WebAssembly in.
const PDFJS_FILES = [
  { folder: "cmaps", files: /./ },
  { folder: "standard_fonts", files: /./ },
  { folder: "web/images", files: /^annotation-.*\.svg$/ },
  { folder: "wasm", files: /^(openjpeg_nowasm_fallback\.js|LICENSE_.*OPENJPEG)$/ },
];

/** Lays what the PDF viewer fetches by name under its version, so that no browser takes one version's file for another's. */
function pdfjsFiles(): Plugin {
  return {
    name: "pdfjs-files",
    apply: "build",
    generateBundle() {
      for (const { folder, files } of PDFJS_FILES) {
        const from = new URL(`${folder}/`, PDFJS);
        for (const name of readdirSync(from).filter((each) => files.test(each))) {
          this.emitFile({ type: "asset", fileName: `assets/pdfjs-${PDFJS_VERSION}/${folder}/${name}`, source: readFileSync(new URL(name, from)) });
        }
      }
    },
  };
}

const COMPRESSIBLE = /\.(js|mjs|css|html|svg|json|wasm|bcmap)$/;

/** Lays a compressed copy beside each file, since the server of the pages only picks one. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!COMPRESSIBLE.test(file.fileName)) continue;
          const whole = Buffer.from(file.type === "chunk" ? file.code : file.source);
          this.emitFile({ type: "asset", fileName: `${file.fileName}.br`, source: brotliCompressSync(whole) });
          this.emitFile({ type: "asset", fileName: `${file.fileName}.gz`, source: gzipSync(whole, { level: 9 }) });
        }
      },
    },
  };
}

/** Reads the messages' grammar here, so that no browser needs a parser. */
function parsedWords(): Plugin {
  return {
    name: "parsed-words",
    enforce: "pre",
    transform(text, path) {
      if (!/\/src\/words\/.*\.json$/.test(path)) return null;
      const words = JSON.parse(text) as Record<string, string>;
      return JSON.stringify(Object.fromEntries(Object.entries(words).map(([id, word]) => [id, parse(word)])));
    },
  };
}

/** Leaves the rules of what a request may hold to the server: no page reads them, and they would be a third of what the contract weighs there. */
function contractWithoutRules(): Plugin {
  return {
    name: "contract-without-rules",
    apply: "build",
    transform(text, path) {
      if (!/\/sdk\/scriba\/.*_pb\.js$/.test(path)) return null;
      return text
        .replace(/^import \{ file_buf_validate_validate \} .*$/m, "")
        .replace(/(?<=fileDesc\(")[^"]+/, withoutOptions)
        .replace(/\bfile_buf_validate_validate\b,?/, "");
    },
  };
}

function withoutOptions(file: string): string {
  const told = fromBinary(FileDescriptorProtoSchema, Buffer.from(file, "base64"));
  const strip = (message: DescriptorProto): void => {
    delete message.options?.$unknown;
    for (const part of [...message.field, ...message.oneofDecl]) delete part.options?.$unknown;
    message.nestedType.forEach(strip);
  };
  told.messageType.forEach(strip);
  return Buffer.from(toBinary(FileDescriptorProtoSchema, told)).toString("base64");
}

export default defineConfig({
  plugins: [
    { ...optimizeLocales.vite({ locales: ["en-US", "de-DE"] }), enforce: "pre" },
    parsedWords(),
    contractWithoutRules(),
    react(),
    pdfjsFiles(),
    compressed(),
  ],
  resolve: {
    tsconfigPaths: true,
    alias: { "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js" },
  },
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the CSP lets in no data: URL
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
