/** Files to import: the samples beside this, and whatever a test makes up. They are read as the app's thread reads them, without the thread. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ImportOrder, runImport } from '../../src/main/adapters/import/run-import.ts'
import type { ReadImport } from '../../src/main/ports/import-reader.ts'

export const sampleFile = (name: string): string => join(import.meta.dirname, 'import-samples', name)

export const importDefaults = {
  source: null,
  mapping: null,
  zone: 'Europe/Berlin',
  homeCurrency: 'EUR',
  nowMs: Date.parse('2026-11-25T12:00:00Z'),
} as const satisfies Omit<ImportOrder, 'file'>

export const readSample = (name: string, options: Partial<ImportOrder> = {}): Promise<ReadImport> =>
  runImport({ ...importDefaults, file: sampleFile(name), ...options }, { isCancelled: () => false, onProgress: () => {} })

export function readContent(content: string | Uint8Array, options: Partial<ImportOrder> = {}): Promise<ReadImport> {
  return withFile(content, (file) => runImport({ ...importDefaults, file, ...options }, { isCancelled: () => false, onProgress: () => {} }))
}

export async function withFile<T>(content: string | Uint8Array, work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-import-'))
  try {
    const file = join(folder, 'file')
    writeFileSync(file, content)
    return await work(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export type ReadFile = Extract<ReadImport, { kind: 'read' }>

export function asRead(outcome: ReadImport): ReadFile {
  if (outcome.kind !== 'read') throw new Error(`not read: ${JSON.stringify(outcome)}`)
  return outcome
}

/** `11/20 refund 14.79`: what a row comes to, in few words. */
export const inShort = ({ rows }: ReadFile): string[] =>
  rows.map(({ n, kind, at, item, amount, of }) => `${n} ${kind} ${at.slice(0, 10)} ${amount.amount} ${amount.currency} ${item}${of === undefined ? '' : ` of ${of}`}`)

export const badInShort = ({ bad }: ReadFile): string[] => bad.map(({ n, reason }) => `${n} ${reason}`)
