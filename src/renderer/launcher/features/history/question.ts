/** Questions about the history as the screen changes them. */
import type { HistoryMenus, HistoryOrderView, HistoryQuestionView } from '../../../../contract/ipc/history.ts'

export const noMenus: HistoryMenus = {
  ...{ from: null, to: null, members: null, sellers: null, lines: null, states: null, kinds: null, currencies: null, sources: null },
  ...{ least: null, most: null },
}
export const newestFirst: HistoryOrderView = { by: 'at', direction: 'descending' }
export const everything: HistoryQuestionView = { text: '', menus: noMenus, order: newestFirst }

type Menu = keyof HistoryMenus
export const menuNames = Object.keys(noMenus) as readonly Menu[]

/** Whether the menus leave something out. */
export function activeMenus(menus: HistoryMenus): readonly Menu[] {
  return menuNames.filter((name) => menus[name] !== null)
}

/** Whether something is left out, whatever the order. */
export function isFiltering({ text, menus }: HistoryQuestionView): boolean {
  return text.trim() !== '' || activeMenus(menus).length > 0
}

/** Amounts are looked at from the dearest, times from the newest, and words from A. */
export function sortedBy(order: HistoryOrderView, by: HistoryOrderView['by']): HistoryOrderView {
  if (order.by === by) return { by, direction: order.direction === 'ascending' ? 'descending' : 'ascending' }
  return { by, direction: by === 'at' || by === 'amount' ? 'descending' : 'ascending' }
}

/** The text with the words added, or without them where it has them. */
export function withWords(text: string, words: string): string {
  if (!hasWords(text, words)) return `${text.trimEnd()} ${words}`.trimStart()
  return ` ${text} `.replace(` ${words} `, ' ').trim()
}

export function hasWords(text: string, words: string): boolean {
  return ` ${text} `.includes(` ${words} `)
}
