import type { Locator, Page } from '@playwright/test'

type Length = '24 hours' | '7 days' | '30 days' | '6 months' | '1 year' | '5 years'

/** What a person sees and can do on the screen of self-exclusion. English names. */
export interface ExclusionPage {
  open(): Promise<void>
  /** Chooses whom a guardian looks at: themselves as `Maria (you)`, or a minor. */
  chooseWhom(whom: string): Promise<void>
  /** How it stands, and the form. */
  readonly state: Locator
  /** Chooses a length. */
  choose(length: Length): Promise<void>
  /** Asks for the exclusion, or for a longer one; main then asks in a box of the system. */
  readonly begin: Locator
  /** The new yes after an exclusion has ended. */
  readonly askReturn: Locator
  /** Who helps, in the country that is chosen. */
  readonly help: Locator
  chooseCountry(name: string): Promise<void>
}

export function exclusionPage(page: Page): ExclusionPage {
  const state = page.getByRole('region', { name: /^Exclude .+ from buying$/ })
  return {
    open: () => page.getByRole('navigation').getByRole('link', { name: 'Self-exclusion', exact: true }).click(),
    async chooseWhom(whom) {
      await page.getByRole('button', { name: /^Exclusion of/ }).click()
      await page.getByRole('option', { name: whom, exact: true }).click()
    },
    state,
    choose: (length) => state.getByRole('radio', { name: new RegExp(`^${length}`) }).check(),
    begin: state.getByRole('button', { name: /^(Exclude (me|them) from buying…|Make it longer…)$/ }),
    askReturn: state.getByRole('button', { name: /^(I want to buy again…|Let them buy again…)$/ }),
    help: page.getByRole('region', { name: 'Where help is' }),
    async chooseCountry(name) {
      await page.getByRole('button', { name: /^Country/ }).click()
      await page.getByRole('option', { name, exact: true }).click()
    },
  }
}
