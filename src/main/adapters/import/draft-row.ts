import type { ImportedRow } from '../../../domain/imports.ts'

/** A row on its way: what is still worked out is left to change. */
export interface DraftRow {
  row: { -readonly [K in keyof Omit<ImportedRow, 'n' | 'key'>]: ImportedRow[K] }
  n: number | null
  readonly day: string
  readonly minor: bigint
  readonly commonName: string
  readonly identity: string
  readonly isRefunded: boolean
  of: DraftRow | null
}
