import type { Theme } from '../../contract/ipc/status.ts'

/** What a window shows before its page has painted: the page's own ground colour, so that nothing flashes. */
export function backgroundFor(theme: Theme): string {
  return theme === 'light' ? '#f4f5f7' : '#14161b'
}
