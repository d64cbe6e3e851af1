import type { Locator, Page } from '@playwright/test'

/** What a person can do in the launcher, by the names they read. German where the app runs in German. */
export interface LauncherPage {
  readonly page: Page
  /** The offer of that title. */
  offer(title: string): Locator
  /** Presses `Buy` of the offer, once no confirm window is in front any more. */
  buy(title: string): Promise<void>
  /** Presses `Ask` likewise, which is there instead for a minor who has nothing to spend without asking. */
  ask(title: string): Promise<void>
  /** Asks a guardian for what was blocked a moment ago; only after half a minute to think about it. */
  readonly askGuardian: Locator
  openStore(): Promise<void>
  openHistory(): Promise<void>
  openLedger(): Promise<void>
  /** One of the ledger screen's parts, by its heading. */
  ledgerTask(heading: string): Locator
  /** Chooses language and colours, as a person does in the preferences. */
  prefer(language: 'English' | 'Deutsch', theme: 'dark' | 'light'): Promise<void>
  /** The lines of the history that are in sight, without headings. */
  readonly historyRows: Locator
  /** The place that tells how the purchases of this session ended. */
  readonly notice: Locator
}

const themeNames = { dark: /^(Dark|Dunkel)$/, light: /^(Light|Hell)$/ }

/** `untilInFront` resolves once no other window is in front of the launcher. */
export function launcherPage(page: Page, untilInFront: () => Promise<void>): LauncherPage {
  const offer = (title: string) => page.getByRole('article', { name: title, exact: true })
  async function press(title: string, name: string): Promise<void> {
    await untilInFront()
    await offer(title).getByRole('button', { name, exact: true }).click()
  }
  return {
    page,
    offer,
    buy: (title) => press(title, 'Buy'),
    ask: (title) => press(title, 'Ask'),
    askGuardian: page.getByRole('button', { name: 'Ask a guardian', exact: true }),
    openStore: () => page.getByRole('link', { name: 'Store' }).click(),
    openLedger: () => page.getByRole('link', { name: 'Ledger' }).click(),
    ledgerTask: (name) => page.getByRole('region', { name, exact: true }),
    openHistory: () => page.getByRole('navigation').getByRole('link', { name: 'History', exact: true }).click(),
    async prefer(language, theme) {
      await page.getByRole('button', { name: /^(Preferences|Einstellungen)$/ }).click()
      // The radio buttons themselves are hidden behind their labels.
      await page.getByText(language, { exact: true }).click()
      await page.getByText(themeNames[theme]).click()
      await page.keyboard.press('Escape')
    },
    historyRows: page.getByRole('grid').locator('[role=row][data-line]'),
    notice: page.getByRole('region', { name: /Outcome of your purchases|Ergebnis deiner Käufe/ }),
  }
}
