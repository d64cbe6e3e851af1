import type { ExportFormatName } from '../../domain/export/formats.ts'

/** What is to be written. */
export interface ExportWish {
  readonly format: ExportFormatName
  /** Calendar days of the household, both included; null for no bound. */
  readonly fromDay: string | null
  readonly toDay: string | null
  /** Null for all. */
  readonly purchaseIds: readonly string[] | null
  /** Who exports, and so what they may see: whoever owns the data folder all, a member what src/domain/roles.ts allows. */
  readonly viewer: 'owner' | { readonly memberId: string | null }
  /** What members are called, by their ids. */
  readonly names: Readonly<Record<string, string>>
}

/** `done` of `total` entries of the ledger were gone through, and so many lines written. */
export interface ExportProgress {
  readonly done: number
  readonly total: number
  readonly lines: number
}

export type ExportProblem =
  | 'diskFull'
  /** The file or its folder may not be written. */
  | 'notAllowed'
  | 'noFolder'
  /** There is a folder of that name. */
  | 'isFolder'
  /** The disk or the system failed in another way. */
  | 'notWritten'
  | 'ledgerUnreadable'

export type ExportEnd =
  | { readonly kind: 'written'; readonly lines: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: ExportProblem }

/** Writes the ledger to a file in another format. Under the file's name there is never half of it. */
export interface Exports {
  write(
    wish: ExportWish,
    file: string,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: ExportProgress) => void },
  ): Promise<ExportEnd>
}
