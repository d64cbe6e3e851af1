/** In which language, and with which names, a statement is written. */
import type { Language } from '../../contract/ipc/status.ts'
import type { PaperFormat } from './paper-format.ts'
import type { StatementWords } from './statement-words.ts'

export interface StatementStyle {
  readonly language: Language
  readonly format: PaperFormat
  /** What people and sellers are called, by their ids. */
  readonly names: Readonly<Record<string, string>>
  readonly sellerNames: Readonly<Record<string, string>>
  readonly hasMembers: boolean
  readonly isSandbox: boolean
}

export interface StatementWriting extends StatementStyle {
  readonly words: StatementWords
}
