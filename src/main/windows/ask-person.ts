import { type BrowserWindow, dialog, type MessageBoxOptions, type MessageBoxReturnValue } from 'electron'
import type { AskPerson } from '../ports/ask-person.ts'

type ShowMessageBox = (parent: BrowserWindow, options: MessageBoxOptions) => Promise<MessageBoxReturnValue>

const cancelId = 0
const confirmId = 1

/**
 * Asks in a box of the operating system, modal to the launcher, with `Cancel` first. One question at a time: another one
 * meanwhile counts as cancelled, and so does one without a window to belong to.
 */
export function createAskPerson(
  parent: () => BrowserWindow | null,
  show: ShowMessageBox = (window, options) => dialog.showMessageBox(window, options),
): AskPerson {
  let isOpen = false
  return async ({ title, message, detail, confirm, cancel }) => {
    const window = parent()
    if (isOpen || !window) return false
    isOpen = true
    try {
      const look = { type: 'warning', title, message, detail, noLink: true } as const
      const buttons = { buttons: [cancel, confirm], defaultId: cancelId, cancelId }
      const { response } = await show(window, { ...look, ...buttons })
      return response === confirmId
    } finally {
      isOpen = false
    }
  }
}
