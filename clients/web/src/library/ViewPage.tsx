export function ViewPage() {
  return <h1>ViewPage</h1>;
}
