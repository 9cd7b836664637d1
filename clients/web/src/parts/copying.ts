/** Puts a text where it can be pasted. Gives false where the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** For pages by plain HTTP from another machine, to which browsers give no clipboard. */
function copySelected(text: string): boolean {
  const place = document.createElement("textarea");
  place.value = text;
  place.setAttribute("aria-hidden", "true");
  // Inside an open dialog, since focus is kept there.
  (document.querySelector("[role=dialog]") ?? document.body).append(place);
  place.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way without a clipboard
  const isCopied = document.execCommand("copy");
  place.remove();
  return isCopied;
}
