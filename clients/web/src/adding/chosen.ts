/** The files that somebody dropped, pasted or chose. */

// What systems leave in folders, and nobody means to archive.
const LITTER = /^(\..*|~\$.*|thumbs\.db|desktop\.ini|icon\r)$/i;

/** Leaves out what lies in folders beside the documents. */
export function withoutLitter(files: readonly File[]): readonly File[] {
  return files.filter(({ name, size }) => size > 0 && !LITTER.test(name));
}

export function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.includes("Files") ?? false;
}

/** Gives the files of a drop, those in folders too. Must be called while the drop is told: a browser forgets it right after. */
export async function droppedFiles(data: DataTransfer): Promise<readonly File[]> {
  const entries = [...data.items].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry());
  if (entries.every((entry) => entry === null)) return [...data.files];
  const found: File[] = [];
  for (const entry of entries) {
    if (entry?.isDirectory) found.push(...withoutLitter(await filesIn(entry as FileSystemDirectoryEntry)));
    else if (entry) found.push(await fileOf(entry as FileSystemFileEntry));
  }
  return found;
}

/** Gives pasted files under names that tell them apart: browsers call every picture "image.png". */
export function pastedFiles(data: DataTransfer, word: string, now: Date): readonly File[] {
  const files = [...data.files];
  const moment = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return files.map((file, place) => {
    if (!/^image\.\w+$/.test(file.name)) return file;
    const number = files.length > 1 ? ` ${place + 1}` : "";
    return new File([file], `${word} ${moment}${number}${file.name.slice("image".length)}`, { type: file.type, lastModified: file.lastModified });
  });
}

async function filesIn(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
  const reader = folder.createReader();
  const found: File[] = [];
  // A reader gives a hundred at a time, and none when there are no more.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (entries.length === 0) return found;
    for (const entry of entries) {
      if (entry.isDirectory) found.push(...(await filesIn(entry as FileSystemDirectoryEntry)));
      else found.push(await fileOf(entry as FileSystemFileEntry));
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((done, fail) => entry.file(done, fail));
}
