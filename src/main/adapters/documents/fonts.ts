import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'

export type Weight = 'regular' | 'strong'

/** How letters are chosen: `figures` are of one width, so that amounts stand below each other; `exact` tells l, I, 1, O and 0 apart. */
export type Letters = 'text' | 'figures' | 'exact'

/** Features of the font (OpenType), as PDFKit takes them. */
export const featuresOf: Record<Letters, PDFKit.Mixins.OpenTypeFeatures[]> = { text: [], figures: ['tnum'], exact: ['ss02', 'zero'] }

export interface PaperFont {
  /** As PDFKit takes it. */
  readonly source: Font
  readonly has: (codePoint: number) => boolean
  /** In points, at the size of one point. */
  readonly width: (text: string, letters: Letters) => number
  /** How far letters reach above and below the line they stand on, likewise. */
  readonly ascent: number
  readonly descent: number
}

export interface PaperFonts extends Record<Weight, PaperFont> {
  /** For what the others have no picture for. Loaded when it is needed, which it seldom is. */
  readonly other: () => PaperFont
}

/** Inter has Latin, Greek and Cyrillic letters; Noto Sans JP is cut down to those of Japanese (JIS X 0208). Both under the SIL Open Font License. */
const files: Record<Weight | 'other', string> = { regular: 'Inter-Regular.ttf', strong: 'Inter-SemiBold.ttf', other: 'NotoSansJP-JIS.ttf' }

export function loadFonts(dir: string): PaperFonts {
  let other: PaperFont | null = null
  return {
    regular: loadFont(join(dir, files.regular)),
    strong: loadFont(join(dir, files.strong)),
    other: () => (other ??= loadFont(join(dir, files.other))),
  }
}

function loadFont(file: string): PaperFont {
  const font = create(readFileSync(file)) as Font
  const bare = font.layout.bind(font)
  // No contextual alternates, for PDFKit neither: a document shows the letters that are in it, and not `->` as an arrow.
  const layout = (text: string, features: readonly string[] = []) => bare(text, { calt: false, ...Object.fromEntries(features.map((feature) => [feature, true])) })
  const source = Object.assign(font, { layout })
  const widths: Record<Letters, Map<string, number>> = { text: new Map(), figures: new Map(), exact: new Map() }
  return {
    source,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width(text, letters) {
      const known = widths[letters].get(text)
      if (known !== undefined) return known
      const width = layout(text, featuresOf[letters]).glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) / font.unitsPerEm
      widths[letters].set(text, width)
      return width
    },
    ascent: font.ascent / font.unitsPerEm,
    descent: -font.descent / font.unitsPerEm,
  }
}
