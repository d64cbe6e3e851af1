import { expect, type Locator, type Page } from '@playwright/test'

/** What a person can do in the history, by the names they read in English. */
export interface HistoryPage {
  readonly search: Locator
  /** A suggestion below the search field. */
  suggestion(words: string): Locator
  /** How the search field was understood. */
  readonly reading: Locator
  /** The lines that are in sight, without headings. */
  readonly lines: Locator
  /** The headings of months. */
  readonly months: Locator
  readonly totals: Locator
  /** A column's name, which sorts. */
  column(name: string): Locator
  readonly filters: Locator
  /** A menu of the filters. */
  menu(name: string): Locator
  /** Sets a menu of the filters, which stays open where more can be chosen. */
  choose(menu: string, ...options: readonly string[]): Promise<void>
  /** The filters that hold, each of which goes away when pressed. */
  readonly active: Locator
  readonly savedViews: Locator
  /** Goes through all lines with the keyboard, and gives where each leads and what it says, in their order. */
  everyLine(): Promise<{ readonly href: string; readonly text: string }[]>
}

export function historyPage(page: Page): HistoryPage {
  const grid = page.getByRole('grid', { name: 'Purchases' })
  const panel = page.getByRole('region', { name: 'Filters', exact: true })
  const menu = (name: string) => panel.getByRole('button', { name: new RegExp(`^${name} `) })
  return {
    search: page.getByRole('searchbox', { name: 'Search your history' }),
    suggestion: (words) => page.getByRole('group', { name: 'Try' }).getByRole('button', { name: words, exact: true }),
    reading: page.locator('[aria-live=polite]').filter({ hasText: /Shows|left out/ }),
    lines: grid.locator('[role=row][data-line]'),
    months: grid.getByRole('row').filter({ hasText: /\d lines?/ }),
    totals: page.getByRole('region', { name: 'Totals' }),
    column: (name) => grid.getByRole('columnheader', { name }),
    filters: page.getByRole('button', { name: /^Filters/ }),
    menu,
    async choose(name, ...options) {
      await menu(name).click()
      for (const option of options) await page.getByRole('option', { name: option }).click()
      await page.keyboard.press('Escape')
    },
    active: page.getByRole('group', { name: 'Filters that hold' }).getByRole('button', { name: /^Remove/ }),
    savedViews: page.getByRole('dialog', { name: 'Saved views' }),
    async everyLine() {
      const count = Number(await grid.getAttribute('aria-rowcount')) - 1
      const seen = new Map<number, { href: string; text: string }>()
      const focused = grid.locator('[role=row][data-row]:focus')
      const row = async () => Number(await focused.getAttribute('data-row'))
      if (count === 0) return []
      await grid.locator('[role=row][data-row][tabindex="0"]').focus()
      await page.keyboard.press('Home')
      await expect.poll(row).toBe(0)
      for (;;) {
        await expect(grid.locator('[aria-busy]')).toHaveCount(0)
        const lines = await Promise.all(
          (await grid.locator('[role=row][data-line]').all()).map(async (one) => ({
            row: Number(await one.getAttribute('data-row')),
            href: (await one.locator('a').first().getAttribute('href')) ?? '',
            text: await one.innerText(),
          })),
        )
        for (const { row: number, href, text } of lines) seen.set(number, { href, text })
        const before = await row()
        if (before === count - 1) break
        await page.keyboard.press('PageDown')
        await expect.poll(row).not.toBe(before)
      }
      return [...seen].sort(([one], [other]) => one - other).map(([, line]) => line)
    },
  }
}
