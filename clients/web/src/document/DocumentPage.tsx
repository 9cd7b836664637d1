export function DocumentPage() {
  return <h1>DocumentPage</h1>;
}
