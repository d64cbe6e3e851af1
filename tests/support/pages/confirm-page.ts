import { expect, type Locator, type Page } from '@playwright/test'

/** What a person sees and can do in the confirm window. */
export interface ConfirmPage {
  readonly page: Page
  readonly pay: Locator
  readonly cancel: Locator
  readonly close: Locator
  /** The further question of a purchase near a limit; there only then. */
  readonly limitQuestion: Locator
  /** Answers the further question where it is asked, waits until the window accepts an answer, then presses `Pay`. */
  approve(): Promise<void>
  /**
   * Makes the time of the app's pages stand still, once the window has stood still long enough to accept an answer. It
   * passes by `page.clock` only, however long this machine takes for the next steps of a test.
   */
  holdTime(): Promise<void>
}

const hourMs = 3_600_000

export function confirmPage(page: Page): ConfirmPage {
  const pay = page.getByRole('button', { name: /^Pay/ })
  const limitQuestion = page.getByRole('checkbox', { name: /^I know:/ })
  /** Once the page has drawn what came of the press. A window that closes meanwhile asks nothing any more. */
  const asksStill = () =>
    page
      .evaluate(() => {
        const { requestAnimationFrame: next } = globalThis as unknown as { requestAnimationFrame: (act: () => void) => void }
        return new Promise<void>((drawn) => next(() => next(drawn)))
      })
      .then(() => pay.isVisible())
      .catch(() => false)
  return {
    page,
    pay,
    cancel: page.getByRole('button', { name: 'Cancel', exact: true }),
    close: page.getByRole('button', { name: 'Close', exact: true }),
    limitQuestion,
    async approve() {
      await pay.waitFor()
      // It is drawn together with `Pay`, or not at all.
      if ((await limitQuestion.count()) > 0) await limitQuestion.check()
      await pay.click()
      // The press that brings the window to the front does not count and is told so: then a person presses again.
      while (await asksStill()) await pay.click()
    },
    async holdTime() {
      // A timer that began on the real clock would not stop with the other one.
      await expect(pay).toHaveAttribute('aria-disabled', 'false')
      await page.clock.install()
      await page.clock.pauseAt(Date.now() + hourMs)
    },
  }
}
