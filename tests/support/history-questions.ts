/** What a page asks about the history, with everything left open that a test does not name. */
import type { HistoryMenus, HistoryQuestionView } from '../../src/contract/ipc/history.ts'

export const openMenus: HistoryMenus = {
  ...{ from: null, to: null, members: null, sellers: null, lines: null, states: null, kinds: null, currencies: null, sources: null },
  ...{ least: null, most: null },
}

export function asking(text = '', menus: Partial<HistoryMenus> = {}, order: Partial<HistoryQuestionView['order']> = {}): HistoryQuestionView {
  return { text, menus: { ...openMenus, ...menus }, order: { by: 'at', direction: 'descending', ...order } }
}
