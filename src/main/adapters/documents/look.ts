/** How documents look: for paper, and so the same in both themes. Sizes are in points. */
import type { PaperTone } from '../../ports/documents.ts'
import type { Style } from './pen.ts'

/** The quiet one has a contrast of 8:1 on white (WCAG 1.4.6 wants 7:1). */
export const colors = { text: '#14181d', quiet: '#475160', line: '#d5dae1' } as const

export const headings: Record<1 | 2, Style> = {
  1: { weight: 'strong', size: 22, color: colors.text },
  2: { weight: 'strong', size: 12.5, color: colors.text },
}
export const tones: Record<PaperTone, Style> = {
  plain: { weight: 'regular', size: 10, color: colors.text },
  quiet: { weight: 'regular', size: 10, color: colors.quiet },
  small: { weight: 'regular', size: 8.5, color: colors.quiet },
}
export const figure: Style = { weight: 'strong', size: 30, color: colors.text }
export const footer: Style = { weight: 'regular', size: 8, color: colors.quiet }

export const fact = {
  name: tones.quiet,
  value: tones.plain,
  /** Letters that are compared one by one do not have to be big. */
  exact: { weight: 'regular', size: 9, color: colors.text, letters: 'exact' },
} satisfies Record<string, Style>

export const cell = {
  title: { weight: 'strong', size: 8.5, color: colors.quiet },
  plain: { weight: 'regular', size: 9, color: colors.text },
  total: { weight: 'strong', size: 9, color: colors.text },
} satisfies Record<string, Style>
