import type { Paper, PaperBlock } from '../../ports/documents.ts'
import { drawFacts, drawTable } from './draw-tables.ts'
import type { PaperFonts } from './fonts.ts'
import { colors, figure, footer, headings, tones } from './look.ts'
import { createPen, fullWidth, lineHeight, margins, type Pen, type Place, type Style } from './pen.ts'
import { pageSize, startPdf } from './steady-pdf.ts'

const everything: Place = { left: margins.side, width: fullWidth, align: 'start' }

/** The paper as a PDF. `onStep` is called after each block and each row of a table, and may throw to end it. */
export function drawPaper(paper: Paper, fonts: PaperFonts, onStep: () => void): Uint8Array[] {
  const { doc, end } = startPdf(paper)
  const pen = createPen(doc, fonts)
  for (const block of paper.blocks) {
    drawBlock(pen, block, onStep)
    onStep()
  }
  if (pen.isMissing()) {
    pen.move(8)
    drawText(pen, 'P', paper.missingCharacters, tones.small)
  }
  pen.forEachPage((number, count) => drawFooter(pen, paper.footer, count > 1 ? `${number} / ${count}` : ''))
  return end()
}

function drawBlock(pen: Pen, block: PaperBlock, onStep: () => void): void {
  switch (block.kind) {
    case 'heading':
      return drawHeading(pen, block.level, block.text)
    case 'paragraph':
      return drawText(pen, 'P', block.text, tones[block.tone])
    case 'figure':
      return drawFigure(pen, block)
    case 'facts':
      pen.move(4)
      return drawFacts(pen, block.facts, onStep)
    case 'table':
      return drawTable(pen, block, onStep)
    case 'rule':
      pen.move(10)
      pen.rule(pen.y(), colors.line)
      return pen.move(10)
  }
}

/** Never the last thing on a page. */
function drawHeading(pen: Pen, level: 1 | 2, text: string): void {
  const style = headings[level]
  pen.move(level === 1 ? 0 : 11)
  pen.need(lineHeight(style) + 40)
  drawText(pen, `H${level}`, text, style)
}

function drawText(pen: Pen, tag: string, text: string, style: Style): void {
  const element = pen.struct(pen.root, tag)
  for (const line of pen.lines(text, fullWidth, style)) {
    pen.need(lineHeight(style))
    pen.drawTagged(element, tag, [line], everything, pen.y(), style)
    pen.move(lineHeight(style))
  }
  pen.move(4)
}

function drawFigure(pen: Pen, { label, value, note }: Extract<PaperBlock, { kind: 'figure' }>): void {
  pen.need(90)
  pen.move(6)
  drawText(pen, 'P', label, tones.quiet)
  pen.move(-4)
  drawText(pen, 'P', value, figure)
  pen.move(-4)
  drawText(pen, 'P', note, tones.quiet)
  pen.move(4)
}

function drawFooter(pen: Pen, text: string, number: string): void {
  const top = pageSize.height - 42
  const [line = []] = pen.lines(text, fullWidth - 60, footer)
  pen.artifact('Pagination', () => {
    pen.drawLine(line, everything, top, footer)
    pen.drawLine([{ shown: number, actual: null, font: 'own' }], { ...everything, align: 'end' }, top, footer)
  })
}
