import type { Locator, Page } from '@playwright/test'

/** What a person sees and can do with one purchase. English names. */
export interface DetailPage {
  /** By the address of the purchase, as a row of the history leads to it. */
  open(purchaseId: string): Promise<void>
  readonly title: Locator
  /** One of the cards, by its heading. */
  card(heading: string): Locator
  readonly back: Locator
  readonly note: Locator
  readonly send: Locator
  /** Chooses a reason, and adds a note; nothing is sent yet. */
  sayWhatIsWrong(reason: string, note?: string): Promise<void>
}

export function detailPage(page: Page): DetailPage {
  const note = page.getByLabel('Note to the gateway, if you like')
  return {
    async open(purchaseId) {
      await page.evaluate(`void (location.hash = ${JSON.stringify(`#/history/purchase/${purchaseId}`)})`)
    },
    title: page.getByRole('heading', { level: 1 }),
    card: (name) => page.getByRole('region', { name, exact: true }),
    back: page.getByRole('link', { name: 'All purchases' }),
    note,
    send: page.getByRole('button', { name: 'Send…' }),
    async sayWhatIsWrong(reason, word) {
      await page.getByRole('button', { name: 'Say what is wrong' }).click()
      await page.getByRole('radio', { name: reason }).check()
      if (word !== undefined) await note.fill(word)
    },
  }
}
