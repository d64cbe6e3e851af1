/** A kiosk in the running app, as operator and visitors use it. */
import { expect, type Locator } from '@playwright/test'
import type { Tuppence } from './launch.ts'

export const operatorPin = '7304'

export interface Kiosk {
  readonly start: Locator
  readonly done: Locator
  readonly leave: Locator
  readonly warning: Locator
  readonly stillHere: Locator
  /** Where every window of the app is, and how large; and what a page could have changed of its size. */
  windows(): Promise<readonly unknown[]>
}

export function kioskOf({ launcher: { page }, electron }: Tuppence): Kiosk {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    start: button('Touch to begin'),
    done: button('I’m done'),
    leave: button('Leave…'),
    warning: page.getByRole('alertdialog', { name: 'Are you still there?' }),
    stillHere: button('I’m still here'),
    windows: () =>
      electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .filter((window) => window.isVisible())
          .map((window) => ({ ...window.getBounds(), title: window.getTitle(), isFull: window.isFullScreen(), isKiosk: window.isKiosk(), zoom: window.webContents.getZoomFactor(), url: window.webContents.getURL() })),
      ),
  }
}

/** The first start: the operator chooses the PIN. */
export async function chooseOperatorPin(tuppence: Tuppence): Promise<void> {
  await tuppence.launcher.page.getByRole('button', { name: 'Choose the operator’s PIN' }).click()
  await (await tuppence.confirm()).chooseNewPin(operatorPin)
  await expect.poll(tuppence.confirmWindows).toBe(0)
}

/** Presses `Leave…` and types a PIN; gives the trusted window. */
export async function tryToLeave(tuppence: Tuppence, pin: string) {
  await kioskOf(tuppence).leave.click()
  const window = await tuppence.confirm()
  await window.leaveKiosk(pin)
  return window
}
