import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Only the account that runs the gateway may read its keys. */
const ownerOnly = 0o600

/** The text of the file, or undefined when there is none. Any other failure throws. */
export function readKeyFile(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    chmodSync(path, ownerOnly)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes whole or not at all: a torn key file would lock every client out. */
export function writeKeyFile(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.tmp`
  writeFileSync(unfinished, text, { mode: ownerOnly, flush: true })
  renameSync(unfinished, path)
}
