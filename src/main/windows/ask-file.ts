import { type BrowserWindow, dialog, type SaveDialogOptions, type SaveDialogReturnValue } from 'electron'
import type { AskFile } from '../ports/ask-file.ts'

type ShowSaveDialog = (parent: BrowserWindow, options: SaveDialogOptions) => Promise<SaveDialogReturnValue>

/** Asks in the system's own box, modal to the launcher; the system also asks before a file is replaced. One question at a time. */
export function createAskFile(
  parent: () => BrowserWindow | null,
  show: ShowSaveDialog = (window, options) => dialog.showSaveDialog(window, options),
): AskFile {
  let isOpen = false
  return async ({ title, name, kind, extension }) => {
    const window = parent()
    if (isOpen || !window) return null
    isOpen = true
    try {
      const filters = [{ name: kind, extensions: [extension] }]
      const { canceled, filePath } = await show(window, { title, defaultPath: name, filters, properties: ['createDirectory', 'showOverwriteConfirmation'] })
      return canceled || filePath === '' ? null : filePath
    } finally {
      isOpen = false
    }
  }
}
