export function DocumentsPage() {
  return <h1>DocumentsPage</h1>;
}
