import path from 'node:path'
import { BrowserWindow } from './browser-window.ts'
import { strict } from './not-implemented.ts'
import { ask } from './question-window.ts'
import type { Question } from './question-window.ts'

type Parent = Electron.BaseWindow | undefined
type Both<O, R> = { (options: O): Promise<R>; (parent: Electron.BaseWindow, options: O): Promise<R> }

/** Every dialog may be called with its parent window first. */
const both = <O, R>(show: (options: O, parent: Parent) => Promise<R>): Both<O, R> =>
  ((...args: [O] | [Electron.BaseWindow, O]) =>
    args[0] instanceof BrowserWindow ? show((args[1] ?? {}) as O, args[0] as unknown as Electron.BaseWindow) : show((args[0] ?? args[1] ?? {}) as O, undefined)) as Both<O, R>

const blank: Question = { title: '', message: '', detail: '', buttons: ['OK'], defaultId: 0, checkbox: undefined, field: undefined }

/** @returns the path the user typed, absolute; null when they gave up */
async function askPath(message: string, options: Electron.SaveDialogOptions | Electron.OpenDialogOptions, parent: Parent): Promise<string | null> {
  const question = { ...blank, title: options.title ?? message, message: options.message ?? message, buttons: ['Cancel', options.buttonLabel ?? 'OK'], defaultId: 1, field: options.defaultPath ?? '' }
  const answer = await ask(question, parent as Electron.BrowserWindow | undefined)
  return answer?.button === 1 && answer.text !== '' ? path.resolve(answer.text) : null
}

/** Plain and writable: testers replace its methods to script the user's answer. */
export const dialog = strict('dialog', {
  showMessageBox: both<Electron.MessageBoxOptions, Electron.MessageBoxReturnValue>(async (options, parent) => {
    const buttons = options.buttons?.length ? options.buttons : ['OK']
    const cancel = buttons.findIndex((name) => /^(cancel|no)$/i.test(name))
    const closedId = options.cancelId ?? Math.max(0, cancel)
    const checkbox = options.checkboxLabel ? { label: options.checkboxLabel, isChecked: options.checkboxChecked ?? false } : undefined
    const question = { ...blank, title: options.title ?? '', message: options.message, detail: options.detail ?? '', buttons, defaultId: options.defaultId ?? 0, checkbox }
    const answer = await ask(question, parent as Electron.BrowserWindow | undefined)
    return { response: answer?.button ?? closedId, checkboxChecked: answer?.isChecked ?? false }
  }),
  showSaveDialog: both<Electron.SaveDialogOptions, Electron.SaveDialogReturnValue>(async (options, parent) => {
    const filePath = await askPath('Save as', options, parent)
    return { canceled: filePath === null, filePath: filePath ?? '' }
  }),
  showOpenDialog: both<Electron.OpenDialogOptions, Electron.OpenDialogReturnValue>(async (options, parent) => {
    const filePath = await askPath('Open', options, parent)
    return { canceled: filePath === null, filePaths: filePath === null ? [] : [filePath] }
  }),
  showErrorBox(title: string, content: string) {
    process.stderr.write(`${title}\n${content}\n`)
    if (process.env['DISPLAY']) void ask({ ...blank, title, message: title, detail: content }, undefined).catch(() => {})
  },
} satisfies Pick<Electron.Dialog, 'showErrorBox'> & Record<'showMessageBox' | 'showSaveDialog' | 'showOpenDialog', unknown>)
