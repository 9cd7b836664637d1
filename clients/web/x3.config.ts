import base from "./vite.config.ts";
import { writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
const c: any = base;
export default { ...c, plugins: [...c.plugins.filter((p: any) => !["compressed", "pdfjs-files"].includes(p?.name)), { name: "report", apply: "build", generateBundle(_o: any, bundle: any) {
  const out: any = {};
  for (const f of Object.values(bundle) as any[]) {
    const whole = Buffer.from(f.type === "chunk" ? f.code : f.source);
    if (f.type !== "chunk") { out[f.fileName] = { gz: gzipSync(whole).length, br: brotliCompressSync(whole).length }; continue; }
    out[f.fileName] = { name: f.name, imports: f.imports, dyn: f.dynamicImports, css: [...(f.viteMetadata?.importedCss ?? [])], br: brotliCompressSync(whole).length, gz: gzipSync(whole, {level: 9}).length, raw: whole.length, isEntry: f.isEntry, isDyn: f.isDynamicEntry, facade: f.facadeModuleId,
      modules: Object.fromEntries(Object.entries(f.modules).map(([k, m]: any) => [k, m.renderedLength])) };
  }
  writeFileSync("/tmp/x3-report.json", JSON.stringify(out));
} }], build: { ...c.build, outDir: "/tmp/x3-dist", emptyOutDir: true } };
