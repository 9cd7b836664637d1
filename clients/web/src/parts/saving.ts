/** Gives a file to the reader, under a name. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Browsers read the blob after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
