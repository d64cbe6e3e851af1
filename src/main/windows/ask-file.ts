import { type BrowserWindow, dialog, type OpenDialogOptions, type OpenDialogReturnValue, type SaveDialogOptions, type SaveDialogReturnValue } from 'electron'
import type { AskFile, AskOpenFile } from '../ports/ask-file.ts'

type ShowSaveDialog = (parent: BrowserWindow, options: SaveDialogOptions) => Promise<SaveDialogReturnValue>
type ShowOpenDialog = (parent: BrowserWindow, options: OpenDialogOptions) => Promise<OpenDialogReturnValue>

/** Asks in the system's own box, modal to the launcher; the system also asks before a file is replaced. One question at a time. */
export function createAskFile(
  parent: () => BrowserWindow | null,
  show: ShowSaveDialog = (window, options) => dialog.showSaveDialog(window, options),
): AskFile {
  return oneAtATime(parent, async (window, { title, name, kind, extension }) => {
    const filters = [{ name: kind, extensions: [extension] }]
    const { canceled, filePath } = await show(window, { title, defaultPath: name, filters, properties: ['createDirectory', 'showOverwriteConfirmation'] })
    return canceled || filePath === '' ? null : filePath
  })
}

/** Asks likewise for one file to be read. */
export function createAskOpenFile(
  parent: () => BrowserWindow | null,
  show: ShowOpenDialog = (window, options) => dialog.showOpenDialog(window, options),
): AskOpenFile {
  return oneAtATime(parent, async (window, { title, kind, extensions, others }) => {
    const filters = [{ name: kind, extensions: [...extensions] }, { name: others, extensions: ['*'] }]
    const { canceled, filePaths } = await show(window, { title, filters, properties: ['openFile'] })
    const [file = ''] = filePaths
    return canceled || file === '' ? null : file
  })
}

function oneAtATime<Question>(
  parent: () => BrowserWindow | null,
  ask: (window: BrowserWindow, question: Question) => Promise<string | null>,
): (question: Question) => Promise<string | null> {
  let isOpen = false
  return async (question) => {
    const window = parent()
    if (isOpen || !window) return null
    isOpen = true
    try {
      return await ask(window, question)
    } finally {
      isOpen = false
    }
  }
}
