import type { App, BrowserWindow } from 'electron'

/** Whoever starts the app again is shown the window that there is. What the second one was started with is not looked at: no address buys anything. */
export function showWhenStartedAgain(app: Pick<App, 'on'>, launcher: () => Pick<BrowserWindow, 'show' | 'focus'> | null): void {
  app.on('second-instance', () => {
    launcher()?.show()
    launcher()?.focus()
  })
}
