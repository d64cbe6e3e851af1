import type { Locator, Page } from '@playwright/test'

/** What a person sees and can do in the confirm window. */
export interface ConfirmPage {
  readonly page: Page
  readonly pay: Locator
  readonly cancel: Locator
  readonly close: Locator
  /** Waits until the window accepts an answer, then presses `Pay`. */
  approve(): Promise<void>
}

export function confirmPage(page: Page): ConfirmPage {
  const pay = page.getByRole('button', { name: /^Pay/ })
  return {
    page,
    pay,
    cancel: page.getByRole('button', { name: 'Cancel', exact: true }),
    close: page.getByRole('button', { name: 'Close', exact: true }),
    approve: () => pay.click(),
  }
}
