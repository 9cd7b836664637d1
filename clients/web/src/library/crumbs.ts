/** The folders that lead to one, from the top. */
export function crumbsOf(path: string): readonly { readonly name: string; readonly path: string }[] {
  const names = path.split("/").filter((name) => name !== "");
  return names.map((name, place) => ({ name, path: names.slice(0, place + 1).join("/") }));
}
