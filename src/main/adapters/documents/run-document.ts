import type { DocumentEnd, DocumentOrder, DocumentProgress, PaperBlock } from '../../ports/documents.ts'
import { WholeFileError, writeWhole } from '../files/whole-file.ts'
import { drawPaper } from './draw-paper.ts'
import { loadFonts } from './fonts.ts'
import { paperHtml } from './paper-html.ts'

export interface DocumentWork {
  readonly order: DocumentOrder
  readonly file: string
  /** Where the fonts are. */
  readonly fontsDir: string
}

class Cancelled extends Error {}

/** Does it all before it returns, so it belongs in a thread of its own. */
export function runDocument(
  { order, file, fontsDir }: DocumentWork,
  { isCancelled, onProgress }: { readonly isCancelled: () => boolean; readonly onProgress: (progress: DocumentProgress) => void },
): DocumentEnd {
  const total = order.kind !== 'text' ? order.paper.blocks.reduce((sum, block) => sum + 1 + rowsOf(block), 0) : 1
  let done = 0
  const onStep = () => {
    if (isCancelled()) throw new Cancelled()
    done += 1
    onProgress({ done, total })
  }
  try {
    writeWhole(file, chunksOf(order, fontsDir, onStep))
    return { kind: 'written' }
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' }
    if (error instanceof WholeFileError) return { kind: 'failed', problem: error.problem }
    throw error
  }
}

function chunksOf(order: DocumentOrder, fontsDir: string, onStep: () => void): Iterable<string | Uint8Array> {
  switch (order.kind) {
    case 'pdf':
      return drawPaper(order.paper, loadFonts(fontsDir), onStep)
    case 'html':
      return paperHtml(order.paper, onStep)
    case 'text':
      return [order.text]
  }
}

function rowsOf(block: PaperBlock): number {
  if (block.kind === 'table') return block.rows.length
  return block.kind === 'facts' ? block.facts.length : 0
}
