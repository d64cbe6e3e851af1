import type { Locator, Page } from '@playwright/test'

/** What a person sees and can do on the screen of the family, which minors know as their requests. English names. */
export interface FamilyPage {
  /** Through the link `Family`, for a minor `Requests`. */
  open(): Promise<void>
  /** The link, which also says how many requests wait for a guardian. */
  readonly link: Locator
  /** One adult alone: the way to a household. */
  readonly setUpHousehold: Locator
  /** A member with what can be done about them. */
  member(name: string): Locator
  addMember(name: string, role: 'Child' | 'Teen' | 'Adult' | 'Guardian'): Promise<void>
  /** Opens the form, types the name, and asks for it. */
  rename(name: string, next: string): Promise<void>
  /** Opens the form and chooses the role; main then says what that does, before `changeRole` asks for it. */
  considerRole(name: string, role: 'Child' | 'Teen' | 'Adult' | 'Guardian'): Promise<void>
  readonly changeRole: Locator
  /** For an older role, or another grown-up. */
  readonly askLooser: Locator
  newPin(name: string): Locator
  remove(name: string): Promise<void>
  /** One request. A guardian names who asked for it, a minor only what. */
  request(item: string, who?: string): Locator
  /** Has the trusted window ask a guardian: on the guardian's screen, or on the minor's with a guardian beside them. */
  answer(item: string, who?: string): Locator
  withdraw(item: string): Locator
  /** Those that wait, those that have ended, or all. */
  show(which: 'All' | 'Waiting' | 'Ended'): Promise<void>
  readonly alerts: Locator
  readonly authenticator: Locator
  readonly newAuthenticator: Locator
  /** Lines of what was changed by whom, newest first. */
  readonly log: Locator
  /** What waits for a second yes: `Inge: Adult`. */
  waiting(name: string): Locator
}

export function familyPage(page: Page): FamilyPage {
  const link = page.getByRole('navigation').getByRole('link', { name: /^(Family|Requests)/ })
  const members = page.getByRole('region', { name: /^(Members|Your profile)$/ })
  const requests = page.getByRole('region', { name: 'Requests', exact: true })
  const authenticator = page.getByRole('region', { name: 'Your authenticator' })
  const member = (name: string) => members.getByRole('listitem', { name, exact: true })
  const request = (item: string, who?: string) => requests.getByRole('listitem', { name: who === undefined ? item : `${item}, ${who}`, exact: true })
  async function choose(form: Locator, role: string) {
    await form.getByRole('button', { name: /^Role/ }).click()
    await page.getByRole('option', { name: role, exact: true }).click()
  }
  return {
    open: () => link.click(),
    link,
    setUpHousehold: page.getByRole('button', { name: 'Set up a household' }),
    member,
    async addMember(name, role) {
      await members.getByRole('button', { name: 'Add member' }).click()
      const form = page.getByRole('form', { name: 'New member' })
      await form.getByRole('textbox', { name: 'Name' }).fill(name)
      if (role !== 'Child') await choose(form, role)
      await form.getByRole('button', { name: 'Add…' }).click()
    },
    async rename(name, next) {
      await member(name).getByRole('button', { name: `Rename: ${name}` }).click()
      const form = page.getByRole('form', { name: `Rename: ${name}` })
      await form.getByRole('textbox', { name: 'Name' }).fill(next)
      await form.getByRole('button', { name: 'Rename…' }).click()
    },
    async considerRole(name, role) {
      await member(name).getByRole('button', { name: `Change role: ${name}` }).click()
      await choose(page.getByRole('form', { name: `Change role: ${name}` }), role)
    },
    changeRole: members.getByRole('button', { name: 'Change role…' }),
    askLooser: members.getByRole('button', { name: 'Ask for it…' }),
    newPin: (name) => member(name).getByRole('button', { name: `New PIN: ${name}` }),
    async remove(name) {
      await member(name).getByRole('button', { name: `Remove: ${name}` }).click()
      await page.getByRole('form', { name: `Remove: ${name}` }).getByRole('button', { name: 'Remove…' }).click()
    },
    request,
    answer: (item, who) => request(item, who).getByRole('button', { name: who === undefined ? 'A guardian is here: answer now…' : `Answer: ${item}, ${who}` }),
    withdraw: (item) => request(item).getByRole('button', { name: `Withdraw: ${item}` }),
    // The radio buttons themselves are hidden behind their labels.
    show: (which) => requests.getByText(which, { exact: true }).click(),
    alerts: page.getByRole('region', { name: 'Alerts' }).getByRole('listitem'),
    authenticator,
    newAuthenticator: authenticator.getByRole('button', { name: 'New authenticator…' }),
    log: page.getByRole('region', { name: 'Changes', exact: true }).locator('tbody').getByRole('row'),
    waiting: (name) => page.getByRole('region', { name: 'Changes that wait' }).getByRole('listitem', { name, exact: true }),
  }
}
