/**
 * Writes what went wrong to the console: where, and the kind of error with its place in the code. Messages are left out,
 * because they may carry what a person typed or a seller wrote.
 */
export function reportError(where: string, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error
  const place = error instanceof Error ? (error.stack?.split('\n').find((line) => line.startsWith('    at ')) ?? '') : ''
  console.error(`${where}: ${name}${place.replace(/^\s+/, ' ')}`)
}
