import type { Language } from '../../contract/ipc/status.ts'
import type { FileProblem } from './file-problem.ts'

/** A document for people: what it says, block by block. How it looks is the adapter's business. All texts are in its language. */
export interface Paper {
  readonly title: string
  readonly language: Language
  /** RFC 3339. No clock is looked at, so that the same content is the same bytes on every run and computer. */
  readonly datedAt: string
  readonly blocks: readonly PaperBlock[]
  /** At the foot of each page. Where there are several, their numbers are put beside it. */
  readonly footer: string
  /** Said at the end where the font had no picture for a character of the text. */
  readonly missingCharacters: string
}

export type PaperTone = 'plain' | 'quiet' | 'small'

export type PaperBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone: PaperTone }
  /** The one figure that the document is about. */
  | { readonly kind: 'figure'; readonly label: string; readonly value: string; readonly note: string }
  /** What is known, each thing with its name; `exact` is for what is compared letter by letter. */
  | { readonly kind: 'facts'; readonly facts: readonly PaperFact[] }
  /** `share` is how much of the width a column takes, compared with the others. The titles are repeated on each page. */
  | { readonly kind: 'table'; readonly columns: readonly PaperColumn[]; readonly rows: readonly (readonly string[])[]; readonly totals: readonly (readonly string[])[] }
  | { readonly kind: 'rule' }

export interface PaperFact {
  readonly name: string
  readonly value: string
  readonly exact?: true
}

export interface PaperColumn {
  readonly title: string
  readonly align: 'start' | 'end'
  readonly share: number
}

/** A document that is to be written, and as what. */
export type DocumentOrder =
  | { readonly kind: 'pdf'; readonly paper: Paper }
  /** For a browser: one file that needs nothing else. */
  | { readonly kind: 'html'; readonly paper: Paper }
  /** A file for a browser or another program, made already. */
  | { readonly kind: 'text'; readonly text: string }

export interface DocumentProgress {
  /** Of the rows and blocks of the document. */
  readonly done: number
  readonly total: number
}

export type DocumentEnd =
  | { readonly kind: 'written' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: FileProblem }

/** Writes documents, off the main process's event loop. Under the file's name there is never half of one. */
export interface Documents {
  write(
    order: DocumentOrder,
    file: string,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: DocumentProgress) => void },
  ): Promise<DocumentEnd>
}
