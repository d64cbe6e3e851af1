/** What the formats of an export write: the lines of the history, with the names of people. */
import type { HistoryLine } from '../history/line.ts'

export interface ExportLine extends HistoryLine {
  /** What the member is called; null without members. */
  readonly who: string | null
}

/** What is said about the export as a whole. */
export interface ExportHead {
  /** The IANA time zone in which times are written. */
  readonly zone: string
  /** RFC 3339 in UTC. */
  readonly madeAt: string
  readonly from: string | null
  readonly before: string | null
  /** All that there can be among the lines. */
  readonly currencies: readonly string[]
}

/** Writes the lines as text, piece by piece. `lines` can be gone through more than once, which OFX needs. */
export type ExportFormat = (lines: Iterable<ExportLine>, head: ExportHead) => Iterable<string>
