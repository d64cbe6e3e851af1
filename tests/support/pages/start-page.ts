import type { Locator, Page } from '@playwright/test'

interface NewPerson {
  readonly name: string
  readonly role?: 'Child' | 'Teen' | 'Adult'
  /** What they can spend a week without asking; without it a minor asks each time. */
  readonly weekly?: string
}

/** What a person sees before the store: the first start, and the profiles to choose from. English names. */
export interface StartPage {
  /** The first start. */
  readonly justMe: Locator
  readonly myFamily: Locator
  /** Fills in the form of a household, wherever it was opened; `setUp` then asks for it. */
  fillIn(guardian: string, others: readonly NewPerson[]): Promise<void>
  /** Opens the trusted window, which asks for PINs and the authenticator. */
  readonly setUp: Locator
  readonly form: Locator
  /** The start screen. */
  readonly heading: Locator
  /** The tile of a member. Pressing it has the trusted window ask for the PIN. */
  profile(name: string): Locator
  /** Whose profile is open, in the header. */
  readonly open: Locator
  readonly lock: Locator
}

export function startPage(page: Page): StartPage {
  const form = page.getByRole('form', { name: 'Set up a household' })
  async function fillInPerson(number: number, { name, role = 'Child', weekly }: NewPerson) {
    const row = form.getByRole('listitem', { name: `Person ${number}`, exact: true })
    if ((await row.count()) === 0) await form.getByRole('button', { name: 'Add a person' }).click()
    await row.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    if (role !== 'Child') {
      await row.getByRole('button', { name: /^Role/ }).click()
      await page.getByRole('option', { name: role, exact: true }).click()
    }
    if (weekly === undefined) return
    // The radio buttons themselves are hidden behind their labels.
    await row.getByText('Has an amount', { exact: true }).click()
    await row.getByRole('textbox', { name: 'At most a week' }).fill(weekly)
  }
  return {
    justMe: page.getByRole('button', { name: 'Just me', exact: true }),
    myFamily: page.getByRole('button', { name: 'My family', exact: true }),
    async fillIn(guardian, others) {
      await form.getByRole('textbox', { name: 'Your name' }).fill(guardian)
      for (const [index, person] of others.entries()) await fillInPerson(index + 1, person)
      // There is a row for somebody from the beginning.
      if (others.length === 0) await form.getByRole('button', { name: 'Remove person 1' }).click()
    },
    setUp: form.getByRole('button', { name: 'Set up…' }),
    form,
    heading: page.getByRole('heading', { name: 'Who is there?' }),
    profile: (name) => page.getByRole('main').getByRole('button').filter({ has: page.getByText(name, { exact: true }) }),
    open: page.getByRole('group', { name: 'Open profile' }),
    lock: page.getByRole('button', { name: 'Lock', exact: true }),
  }
}
