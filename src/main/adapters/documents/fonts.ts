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

/** Inter (SIL Open Font License): Latin, Greek and Cyrillic. */
const files: Record<Weight, string> = { regular: 'Inter-Regular.ttf', strong: 'Inter-SemiBold.ttf' }

export function loadFonts(dir: string): Record<Weight, PaperFont> {
  return { regular: loadFont(join(dir, files.regular)), strong: loadFont(join(dir, files.strong)) }
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
