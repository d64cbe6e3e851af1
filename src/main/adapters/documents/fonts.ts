import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'

export type Weight = 'regular' | 'strong'

export interface PaperFont {
  /** As PDFKit takes it. */
  readonly source: Font
  readonly has: (codePoint: number) => boolean
  /** In points, at the size of one point. */
  readonly width: (text: string) => number
  /** How far letters reach above and below the line they stand on, likewise. */
  readonly ascent: number
  readonly descent: number
}

/** Inter (SIL Open Font License): Latin, Greek and Cyrillic. */
const files: Record<Weight, string> = { regular: 'Inter-Regular.ttf', strong: 'Inter-SemiBold.ttf' }

/**
 * Digits of one width, so that amounts stand below each other. No contextual alternates: a receipt shows the letters that are in it, and
 * not `->` as an arrow.
 */
const features = { calt: false, tnum: true }

export function loadFonts(dir: string): Record<Weight, PaperFont> {
  return { regular: loadFont(join(dir, files.regular)), strong: loadFont(join(dir, files.strong)) }
}

function loadFont(file: string): PaperFont {
  const font = create(readFileSync(file)) as Font
  const layout = font.layout.bind(font)
  // Whoever lays out with this font, PDFKit included, gets these features.
  const source = Object.assign(font, { layout: (text: string) => layout(text, features) })
  const widths = new Map<string, number>()
  return {
    source,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width(text) {
      const known = widths.get(text)
      if (known !== undefined) return known
      const width = source.layout(text).glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) / font.unitsPerEm
      widths.set(text, width)
      return width
    },
    ascent: font.ascent / font.unitsPerEm,
    descent: -font.descent / font.unitsPerEm,
  }
}
