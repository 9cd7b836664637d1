/** Hands a file to the browser, to be kept under its name. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes by then; until it has, the address must stand.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
