export function FoldersPage() {
  return <h1>FoldersPage</h1>;
}
