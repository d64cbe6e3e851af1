import type { DocumentEnd, DocumentOrder, DocumentProgress, PaperBlock } from '../../ports/documents.ts'
import { WholeFileError, writeWhole } from '../files/whole-file.ts'
import { drawPaper } from './draw-paper.ts'
import { loadFonts } from './fonts.ts'

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
  const total = order.kind === 'pdf' ? order.paper.blocks.reduce((sum, block) => sum + 1 + rowsOf(block), 0) : 1
  let done = 0
  const onStep = () => {
    if (isCancelled()) throw new Cancelled()
    done += 1
    onProgress({ done, total })
  }
  try {
    writeWhole(file, order.kind === 'pdf' ? drawPaper(order.paper, loadFonts(fontsDir), onStep) : [order.text])
    return { kind: 'written' }
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' }
    if (error instanceof WholeFileError) return { kind: 'failed', problem: error.problem }
    throw error
  }
}

function rowsOf(block: PaperBlock): number {
  if (block.kind === 'table') return block.rows.length
  return block.kind === 'facts' ? block.facts.length : 0
}
