import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The log's file and everything beside it and below with its bytes, apart from the empty file that carries the lock. */
export function filesOf(folder: string): Record<string, string> {
  const names = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => !name.endsWith('.lock') && !statSync(join(folder, name)).isDirectory())
  return Object.fromEntries(names.sort().map((name) => [name, bytesOf(join(folder, name))]))
}

export function bytesOf(file: string): string {
  return existsSync(file) ? readFileSync(file).toString('base64') : 'missing'
}
