/** Answers for the person in the boxes of the system, which no page can reach: main's own `dialog.showMessageBox`. */
import type { ElectronApplication } from '@playwright/test'

/** What the person answers to every question from now on; gives the text of the last one that was asked. */
export async function answerBoxes(electron: ElectronApplication, answer: 'Cancel' | 'yes'): Promise<() => Promise<string>> {
  await electron.evaluate(({ dialog }, response) => {
    Object.assign(globalThis, { asked: undefined })
    dialog.showMessageBox = ((_: unknown, options: { message: string; detail?: string; buttons?: string[] }) => {
      Object.assign(globalThis, { asked: `${options.buttons?.join('|')}: ${options.message} ${options.detail ?? ''}` })
      return Promise.resolve({ response, checkboxChecked: false })
    }) as never
  }, answer === 'yes' ? 1 : 0)
  return () => electron.evaluate(() => (globalThis as { asked?: string }).asked ?? 'nothing was asked')
}

/** Where the person says that a file is to go, from now on; null where they give up. Gives what was proposed to them last. */
export async function answerSaveBoxes(electron: ElectronApplication, file: string | null): Promise<() => Promise<string>> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = ((_: unknown, options: { defaultPath?: string }) => {
      Object.assign(globalThis, { proposed: options.defaultPath })
      return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' })
    }) as never
  }, file)
  return () => electron.evaluate(() => (globalThis as { proposed?: string }).proposed ?? 'nothing was asked')
}

/** The person does not answer the box for a file before `answer` is called, and then with this file. */
export async function holdSaveBox(electron: ElectronApplication, file: string): Promise<{ answer(): Promise<void> }> {
  await electron.evaluate(({ dialog }, filePath) => {
    const held = Promise.withResolvers<{ canceled: boolean; filePath: string }>()
    Object.assign(globalThis, { answerSaveBox: () => held.resolve({ canceled: false, filePath }) })
    dialog.showSaveDialog = (() => held.promise) as never
  }, file)
  return { answer: () => electron.evaluate(() => (globalThis as unknown as { answerSaveBox(): void }).answerSaveBox()) }
}

/** Which file the person chooses to be read, from now on; null where they give up. */
export async function answerOpenBoxes(electron: ElectronApplication, file: string | null): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: filePath === null, filePaths: filePath === null ? [] : [filePath] })) as never
  }, file)
}
