/** The page itself, as the server gives it now. */

export async function readOwnPage(): Promise<string> {
  const answer = await fetch("/", { cache: "no-store", headers: { accept: "text/html" } });
  return answer.ok ? answer.text() : "";
}
