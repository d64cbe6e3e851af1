/** Ends a switch over a closed union: a member without a case is a compile error. */
export function assertNever(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`)
}
