/** Gives what marks a box whose value is wrong. A browser's own check would keep its form from being sent again for as long as it is marked. */
export function faultOf(error: string | undefined) {
  return { isInvalid: error !== undefined, validationBehavior: error === undefined ? "native" : "aria" } as const;
}
