import type { PaperBlock, PaperColumn, PaperFact } from '../../ports/documents.ts'
import type { Line } from './break-lines.ts'
import { cell, colors, fact } from './look.ts'
import { type Element, fullWidth, lineHeight, margins, type Pen, type Place, type Style } from './pen.ts'

type Table = Extract<PaperBlock, { kind: 'table' }>

/** In points: of a fact's name, and between a table's columns and rows. */
const nameWidth = 140
const columnGap = 12
const rowGap = 4

/** A table with the names as the headers of its rows. */
export function drawFacts(pen: Pen, facts: readonly PaperFact[], onStep: () => void): void {
  const table = pen.struct(pen.root, 'Table')
  const [names, values]: [Place, Place] = [
    { left: margins.side, width: nameWidth - columnGap, align: 'start' },
    { left: margins.side + nameWidth, width: fullWidth - nameWidth, align: 'start' },
  ]
  for (const { name, value, exact } of facts) {
    drawRow(pen, table, [
      { tag: 'TH', scope: 'Row', text: name, place: names, style: fact.name },
      { tag: 'TD', text: value, place: values, style: exact ? fact.exact : fact.value },
    ])
    onStep()
  }
}

export function drawTable(pen: Pen, { columns, rows, totals }: Table, onStep: () => void): void {
  const places = placesOf(columns)
  const table = pen.struct(pen.root, 'Table')
  const titles = columns.map(({ title }, n) => ({ tag: 'TH', scope: 'Column', text: title, place: placeAt(places, n), style: cell.title }) satisfies Cell)
  const toCells = (texts: readonly string[], style: Style) =>
    texts.map((text, n) => ({ tag: n === 0 ? 'TH' : 'TD', ...(n === 0 && { scope: 'Row' as const }), text, place: placeAt(places, n), style: columns[n]?.align === 'end' ? { ...style, letters: 'figures' } : style }) satisfies Cell)
  pen.move(4)
  pen.need(80)
  drawRow(pen, pen.struct(table, 'THead'), titles)
  drawLineBelow(pen)
  // Once is enough for whoever has it read aloud.
  pen.onNewPage(() => {
    pen.artifact('Pagination', () => drawCells(pen, titles))
    drawLineBelow(pen)
  })
  const body = pen.struct(table, 'TBody')
  for (const row of rows) {
    drawRow(pen, body, toCells(row, cell.plain))
    onStep()
  }
  if (totals.length > 0) {
    pen.need(totals.length * 2 * lineHeight(cell.total))
    drawLineBelow(pen)
    const foot = pen.struct(table, 'TFoot')
    for (const row of totals) drawRow(pen, foot, toCells(row, cell.total))
  }
  pen.onNewPage(() => {})
  pen.move(6)
}

interface Cell {
  readonly tag: 'TH' | 'TD'
  readonly scope?: 'Row' | 'Column'
  readonly text: string
  readonly place: Place
  readonly style: Style
}

interface BrokenCell extends Cell {
  readonly lines: readonly Line[]
}

/** A row is only split between pages where it is higher than one: each character that no font has may take a line of its own. */
function drawRow(pen: Pen, parent: Element, cells: readonly Cell[]): void {
  const broken = breakCells(pen, cells)
  pen.need(heightOf(broken))
  const row = pen.struct(parent, 'TR')
  const elements: Element[] = []
  let rest = broken
  for (;;) {
    const piece = heightOf(rest) <= pen.room() ? rest : firstLines(rest, pen.room())
    for (const [n, { tag, scope, lines, place, style }] of piece.entries()) {
      const element = (elements[n] ??= pen.struct(row, tag, scope ? { scope } : {}))
      if (lines.length > 0) pen.drawTagged(element, tag, lines, place, pen.y() + offsetOf(style, broken), style)
    }
    if (piece === rest) break
    rest = rest.map((one, n) => ({ ...one, lines: one.lines.slice(piece[n]?.lines.length) }))
    pen.newPage()
  }
  row.end()
  pen.move(heightOf(rest) + rowGap)
}

/** As many lines of each as go into that height, and one at least. */
function firstLines(cells: readonly BrokenCell[], height: number): BrokenCell[] {
  const count = Math.max(1, Math.floor(height / Math.max(...cells.map(({ style }) => lineHeight(style)))))
  return cells.map((one) => ({ ...one, lines: one.lines.slice(0, count) }))
}

function drawCells(pen: Pen, cells: readonly Cell[]): void {
  const broken = breakCells(pen, cells)
  for (const { lines, place, style } of broken) lines.forEach((line, n) => pen.drawLine(line, place, pen.y() + n * lineHeight(style), style))
  pen.move(heightOf(broken) + rowGap)
}

const breakCells = (pen: Pen, cells: readonly Cell[]): BrokenCell[] =>
  cells.map((one) => ({ ...one, lines: pen.lines(one.text, one.place.width, one.style) }))

const heightOf = (cells: readonly BrokenCell[]): number => Math.max(...cells.map(({ lines, style }) => lines.length * lineHeight(style)))

/** Letters of different sizes stand on the same line. */
const offsetOf = (style: Style, cells: readonly BrokenCell[]): number => (Math.max(...cells.map((one) => lineHeight(one.style))) - lineHeight(style)) / 2

function drawLineBelow(pen: Pen): void {
  pen.rule(pen.y() - rowGap / 2 + 1, colors.line)
  pen.move(rowGap)
}

function placesOf(columns: readonly PaperColumn[]): Place[] {
  const room = fullWidth - columnGap * (columns.length - 1)
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  let left: number = margins.side
  return columns.map(({ share, align }) => {
    const width = (room * share) / shares
    const place = { left, width, align }
    left += width + columnGap
    return place
  })
}

function placeAt(places: readonly Place[], n: number): Place {
  const place = places[n]
  if (!place) throw new RangeError('a row with more cells than there are columns')
  return place
}
