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
