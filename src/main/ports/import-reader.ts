import type { ImportedRow, ImportSource } from '../../domain/imports.ts'

/** Which column of a plain CSV file means what, by their numbers from 0. Guessed first, then as the person corrects it. */
export interface CsvMapping {
  readonly delimiter: ',' | ';' | '\t' | '|'
  readonly date: number
  /** In which order day, month and year are written; `iso` is year first. */
  readonly dateOrder: 'iso' | 'dayFirst' | 'monthFirst'
  readonly item: number
  readonly payee: number | null
  /** One column with a sign, or one for what was paid and one for what came back. */
  readonly amount:
    | { readonly kind: 'signed'; readonly column: number; readonly spendingIs: 'positive' | 'negative' }
    | { readonly kind: 'split'; readonly debit: number; readonly credit: number }
  readonly decimal: ',' | '.'
  /** A column, or one currency for all rows where the file names none. */
  readonly currency: { readonly column: number } | { readonly code: string }
  readonly order: number | null
}

/** Why a row cannot go in. */
export type BadRowReason =
  | 'noDate'
  | 'noAmount'
  | 'noCurrency'
  | 'unknownCurrency'
  | 'noItem'
  /** A text that no name can be, longer than 200 characters or without any to be seen. */
  | 'badText'
  /** The row has not the columns that the others have. */
  | 'wrongColumns'
  /** Money that was put into a wallet, or moved within the store: what was bought with it is a row of its own. */
  | 'notAPurchase'
  /** Nothing was paid. */
  | 'free'
  /** In the future, or before 1990. */
  | 'impossibleDate'

export interface BadRow {
  /** The line of the file, counted from 1; of a page or a list, the number of the entry. */
  readonly n: number
  readonly reason: BadRowReason
  /** Its beginning, so that the person finds it. One line, at most 200 characters. */
  readonly text: string
}

export type ReadImport =
  | {
      readonly kind: 'read'
      readonly source: ImportSource
      /** In the order of the file. */
      readonly rows: readonly ImportedRow[]
      readonly bad: readonly BadRow[]
      /** Of a plain CSV file: its header or the numbers of its columns, some rows as they are, and what is taken for what; else null. */
      readonly table: { readonly columns: readonly string[]; readonly sample: readonly (readonly string[])[]; readonly mapping: CsvMapping } | null
    }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'failed'
      readonly problem:
        | 'notReadable'
        /** More than 200 MB, or a million rows. */
        | 'tooLarge'
        | 'empty'
        /** No format that is known here, or not the one that was asked for. */
        | 'notRecognised'
        /**
         * It begins as its format does, and cannot be read. A plain CSV file whose columns could not be guessed is no failure: it is read with
         * the best guess, so that there is a table to correct it in.
         */
        | 'damaged'
    }

export interface ReadOptions {
  /** Null to find out. */
  readonly source: ImportSource | null
  /** For plain CSV; null to guess. */
  readonly mapping: CsvMapping | null
  /** By whose calendar days without a time are, and that of times without a zone. */
  readonly zone: string
  /** Where a file has a symbol that several currencies share (`$`), this one is meant if it is among them. */
  readonly homeCurrency: string | null
  /** Milliseconds since the epoch. */
  readonly nowMs: number
  readonly signal: AbortSignal
  /** Bytes of the file. */
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void
}

/** Reads files of other stores and programs, off the main process's event loop. Opens nothing but that file, and never writes. */
export interface ImportReader {
  read(file: string, options: ReadOptions): Promise<ReadImport>
}
