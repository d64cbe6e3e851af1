/** Puts text and lines on the pages of a PDF, each with its tag, so that it can be read aloud and in order (ISO 32000-1, 14.8). */
import { breakLines, type Line, type Measure, type Run } from './break-lines.ts'
import { featuresOf, type Letters, type PaperFont, type PaperFonts, type Weight } from './fonts.ts'
import { pageSize } from './steady-pdf.ts'

export interface Style {
  readonly weight: Weight
  /** In points. */
  readonly size: number
  readonly color: string
  /** `text` where nothing is said. */
  readonly letters?: Letters
}

/** Where text goes, in points from the left. */
export interface Place {
  readonly left: number
  readonly width: number
  readonly align: 'start' | 'end'
}

export type Element = PDFKit.PDFStructureElement
/** PDFKit writes the scope of a table's header, which its types do not know. */
type StructOptions = PDFKit.Mixins.StructureElementOptions & { readonly scope?: 'Row' | 'Column' }

/** In points. */
export const margins = { side: 60, top: 50, bottom: 62 } as const
export const fullWidth = pageSize.width - 2 * margins.side
const lineSpacing = 1.42

export const lineHeight = ({ size }: Style): number => size * lineSpacing

export type Pen = ReturnType<typeof createPen>

export function createPen(doc: PDFKit.PDFDocument, fonts: PaperFonts) {
  const root = doc.struct('Document')
  doc.addStructure(root)
  let y = 0
  let isMissing = false
  let onNewPage = () => {}

  function newPage(): void {
    doc.addPage()
    y = margins.top
    onNewPage()
  }

  const room = (): number => pageSize.height - margins.bottom - y

  const fontOf = ({ font }: Pick<Run, 'font'>, { weight }: Style): PaperFont => (font === 'own' ? fonts[weight] : fonts.other())

  const measure = (style: Style): Measure => ({
    fontOf(codePoint) {
      if (fonts[style.weight].has(codePoint)) return 'own'
      return fonts.other().has(codePoint) ? 'other' : null
    },
    width: (run) => fontOf(run, style).width(run.shown, style.letters ?? 'text') * style.size,
  })

  /** `top` is that of the line, not of its letters. */
  function drawLine(line: Line, { left, width, align }: Place, top: number, style: Style): void {
    const { ascent, descent } = fonts[style.weight]
    const baseline = top + (lineHeight(style) + (ascent - descent) * style.size) / 2
    const { width: widthOf } = measure(style)
    const total = line.reduce((sum, run, n) => sum + widthOf(n === line.length - 1 ? { ...run, shown: run.shown.trimEnd() } : run), 0)
    const features = style.letters ? { features: featuresOf[style.letters] } : {}
    let x = align === 'end' ? left + width - total : left
    doc.fillColor(style.color)
    for (const run of line) {
      const { shown, actual, font } = run
      isMissing ||= actual !== null
      doc.font(fontOf(run, style).source as unknown as PDFKit.Mixins.PDFFontSource, font === 'own' ? style.weight : font, style.size)
      if (actual !== null) doc.markContent('Span', { actual })
      doc.text(shown, x, baseline, { lineBreak: false, baseline: 'alphabetic', ...features })
      if (actual !== null) doc.endMarkedContent()
      x += widthOf(run)
    }
  }

  /** Decoration: skipped when the document is read aloud. */
  function artifact(type: 'Layout' | 'Pagination', draw: () => void): void {
    doc.markContent('Artifact', { type })
    draw()
    doc.endMarkedContent()
  }

  newPage()
  return {
    root,
    y: () => y,
    move: (by: number) => void (y += by),
    newPage,
    /** Called on each new page, for what is repeated there. */
    onNewPage: (repeat: () => void) => void (onNewPage = repeat),
    isMissing: () => isMissing,
    struct: (parent: Element, type: string, options: StructOptions = {}): Element => {
      const element = doc.struct(type, options)
      parent.add(element)
      return element
    },
    /** How much goes onto this page still. */
    room,
    /** Begins a page where so much does not go onto this one any more. */
    need(height: number): void {
      if (height > room()) newPage()
    },
    lines: (text: string, width: number, style: Style): Line[] => breakLines(text, width, measure(style)),
    artifact,
    drawLine,
    /** The lines as the content of an element, from `top` down, all on this page. */
    drawTagged(element: Element, tag: string, lines: readonly Line[], place: Place, top: number, style: Style): void {
      const content = doc.markStructureContent(tag)
      lines.forEach((line, n) => drawLine(line, place, top + n * lineHeight(style), style))
      doc.endMarkedContent()
      element.add(content)
    },
    rule(at: number, color: string): void {
      artifact('Layout', () => doc.moveTo(margins.side, at).lineTo(margins.side + fullWidth, at).lineWidth(0.75).strokeColor(color).stroke())
    },
    /** Goes through all pages that there are now. */
    forEachPage(draw: (number: number, count: number) => void): void {
      const { start, count } = doc.bufferedPageRange()
      for (let n = 0; n < count; n += 1) {
        doc.switchToPage(start + n)
        draw(n + 1, count)
      }
    },
  }
}
