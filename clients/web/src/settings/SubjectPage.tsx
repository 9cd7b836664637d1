export function SubjectPage() {
  return <h1>SubjectPage</h1>;
}
