import type { Locator, Page } from '@playwright/test'

/** What a person sees and can do on the screen of the limits. English names. */
export interface LimitsPage {
  open(): Promise<void>
  /** Chooses whose limits a guardian looks at: `Household`, themselves as `Maria (you)`, or a minor. */
  choose(whose: string): Promise<void>
  /** The field for the amount of the limit that is being set or changed. */
  readonly amount: Locator
  /** Types an amount for a week at all sellers and asks for it; main then asks in a box of the system. */
  setFirst(amount: string): Promise<void>
  /** One limit with its numbers, by its name: `Week · All sellers`. */
  limit(name: string): Locator
  /** Opens the form for another amount of the limit, and types it. */
  considerChange(name: string, amount: string): Promise<void>
  /** Asks for what is typed: `Set limit…`, or `Ask for it…` for a looser limit. */
  readonly set: Locator
  readonly askLooser: Locator
  /** A looser control that waits, by what it would change: `Week · All sellers: €2.00`. */
  waiting(name: string): Locator
  /** Lines of what was changed, newest first. */
  readonly log: Locator
}

export function limitsPage(page: Page): LimitsPage {
  const amount = page.getByRole('textbox', { name: 'Spend at most' })
  const limits = page.getByRole('region', { name: 'Spending limits' })
  const limit = (name: string) => limits.getByRole('listitem', { name, exact: true })
  return {
    open: () => page.getByRole('navigation').getByRole('link', { name: 'Limits', exact: true }).click(),
    async choose(whose) {
      await page.getByRole('button', { name: /^Limits of/ }).click()
      await page.getByRole('option', { name: whose, exact: true }).click()
    },
    amount,
    async setFirst(text) {
      await amount.fill(text)
      await page.getByRole('button', { name: 'Set limit…' }).click()
    },
    limit,
    async considerChange(name, text) {
      await limit(name).getByRole('button', { name: `Change: ${name}` }).click()
      await amount.fill(text)
    },
    set: page.getByRole('button', { name: 'Set limit…' }),
    askLooser: page.getByRole('button', { name: 'Ask for it…' }),
    waiting: (name) => page.getByRole('region', { name: 'Changes that wait' }).getByRole('listitem', { name, exact: true }),
    log: page.getByRole('region', { name: 'Changes', exact: true }).locator('tbody').getByRole('row'),
  }
}
