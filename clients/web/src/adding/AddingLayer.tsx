export function AddingLayer() {
  return null;
}
