/** Lists the folders to choose from: all of them where nothing is typed, or just one of them; else those that hold what is typed. */
export function foldersLike(folders: readonly string[], typed: string): readonly string[] {
  const part = typed.trim().toLowerCase();
  if (part === "" || folders.includes(typed)) return folders;
  return folders.filter((folder) => folder.toLowerCase().includes(part));
}
