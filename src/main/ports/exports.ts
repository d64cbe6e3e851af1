import type { ExportFormatName } from '../../domain/export/formats.ts'
import type { FileProblem } from './file-problem.ts'
import type { HistoryQuestion } from './history-index.ts'

/** What is to be written: all that the question finds, in the order of the log. */
export interface ExportWish {
  readonly format: ExportFormatName
  readonly question: Omit<HistoryQuestion, 'order'>
}

/** `done` of `total` entries of the ledger were gone through, and so many lines written. */
export interface ExportProgress {
  readonly done: number
  readonly total: number
  readonly lines: number
}

export type ExportProblem = FileProblem | 'ledgerUnreadable'

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
