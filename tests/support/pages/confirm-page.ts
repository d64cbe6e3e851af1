import { expect, type Locator, type Page } from '@playwright/test'
import type { DenialReason } from '../../../src/contract/household.ts'

export interface Approval {
  /** By their name, where several may answer; else whoever is offered. */
  readonly guardian?: string
  readonly pin: string
  readonly code: string
}

export interface Denial extends Omit<Approval, 'code'> {
  readonly reason: DenialReason
  readonly note?: string
}

/** What a person sees and can do in the confirm window. English names. Each answer is given until the window has taken it. */
export interface ConfirmPage {
  readonly page: Page
  readonly pay: Locator
  readonly cancel: Locator
  readonly close: Locator
  /** The further question of a purchase near a limit; there only then. */
  readonly limitQuestion: Locator
  /** That a yes does not count yet, because something looks wrong. */
  readonly thinking: Locator
  /** Lets the time pass for that, where it is asked for. */
  thinkItOver(): Promise<void>
  /** What the window says about an answer that did not count. */
  readonly hint: Locator
  /** Presses `Cancel` or `Close`, after which the window is gone. */
  leave(by: 'cancel' | 'close'): Promise<void>
  /** Answers the further question where it is asked, waits until the window accepts an answer, then presses `Pay`. */
  approve(): Promise<void>
  /** Types the code of the account's second factor, and presses `Pay` until that counts. */
  approveWithCode(code: string): Promise<void>
  /** Says yes to a looser control with the code of the account's second factor. */
  answerWithCode(code: string): Promise<void>
  /** A guardian's yes to what a minor asks for. */
  approveRequest(approval: Approval): Promise<void>
  /** A guardian's no to what a minor asks for. */
  denyRequest(denial: Denial): Promise<void>
  /** Opens a profile. */
  enterPin(pin: string): Promise<void>
  /** The operator ends kiosk mode. */
  leaveKiosk(pin: string): Promise<void>
  /** Says yes to a decision. */
  consent(pin: string, code?: string): Promise<void>
  /** Types the same new PIN two times. */
  chooseNewPin(pin: string): Promise<void>
  /** The secret of a fresh second factor, as it can be typed into an authenticator. */
  scanSecret(): Promise<string>
  /** A code of the fresh second factor. */
  enterCode(code: string): Promise<void>
  /** Reads the recovery codes and says that they are written down. */
  noteRecoveryCodes(): Promise<string[]>
  /**
   * Makes the time of the app's pages stand still, once the window has stood still long enough to accept an answer. It
   * passes by `page.clock` only, however long this machine takes for the next steps of a test.
   */
  holdTime(): Promise<void>
}

const hourMs = 3_600_000

const denialNames: Record<DenialReason, string> = {
  notNow: 'Not now.',
  tooMuch: 'It costs too much.',
  spentEnough: 'You have spent enough for the moment.',
  notForYou: 'This is not for you.',
  talkFirst: 'Let us talk about it first.',
}

/** Once the page has drawn what came of the press. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { requestAnimationFrame: next } = globalThis as unknown as { requestAnimationFrame: (act: () => void) => void }
    return new Promise<void>((done) => next(() => next(done)))
  })
}

/**
 * Whether the press did not count because the window had just come to the front, which a person is told and then presses
 * again. A window that closes meanwhile says nothing any more.
 */
async function cameTooSoon(page: Page): Promise<boolean> {
  try {
    await drawn(page)
    await page.getByText(/^(Checking…|One moment…)$/).waitFor({ state: 'hidden' })
    await drawn(page)
    return await page.getByRole('status').filter({ hasText: 'had just opened or moved' }).isVisible()
  } catch (error) {
    if (page.isClosed()) return false
    throw error
  }
}

/** A press that closes the window may do so before Playwright has heard that it arrived. */
async function pressed(page: Page, press: () => Promise<void>): Promise<void> {
  try {
    await press()
  } catch (error) {
    if (!page.isClosed()) throw error
  }
}

async function untilTaken(page: Page, answer: () => Promise<void>): Promise<void> {
  do await pressed(page, answer)
  while (await cameTooSoon(page))
}

/** The answers to questions besides a purchase. */
function questionAnswers(page: Page) {
  const field = (label: string | RegExp) => page.getByLabel(label, { exact: true })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  return {
    enterPin: (pin: string) =>
      untilTaken(page, async () => {
        await field('PIN').fill(pin)
        await press('Open')
      }),
    leaveKiosk: (pin: string) =>
      untilTaken(page, async () => {
        await field('PIN of the operator').fill(pin)
        await press('Leave')
      }),
    consent: (pin: string, code?: string) =>
      untilTaken(page, async () => {
        await field(/^PIN of /).fill(pin)
        if (code !== undefined) await field('Code').fill(code)
        // Its words are main's.
        await page.getByRole('contentinfo').getByRole('button').last().click()
      }),
    answerWithCode: (code: string) =>
      untilTaken(page, async () => {
        await page.getByRole('textbox').fill(code)
        await page.getByRole('contentinfo').getByRole('button').last().click()
      }),
    chooseNewPin: (pin: string) =>
      untilTaken(page, async () => {
        await field('New PIN').fill(pin)
        await field('New PIN again').fill(pin)
        await press('Save PIN')
      }),
    scanSecret: async () => (await page.getByRole('definition').innerText()).replaceAll(/\s/g, ''),
    enterCode: (code: string) =>
      untilTaken(page, async () => {
        await field('Code of the authenticator, 6 digits').fill(code)
        await press('Confirm')
      }),
    async noteRecoveryCodes() {
      const noted = page.getByRole('checkbox', { name: 'I have written them down' })
      await noted.check()
      const codes = await page.getByRole('listitem').allInnerTexts()
      await untilTaken(page, () => press('Done'))
      return codes
    },
  }
}

/** The answers of a guardian to what a minor asks for. */
function guardianAnswers(page: Page, pay: Locator, limitQuestion: Locator, thinkItOver: () => Promise<void>) {
  const pinField = page.getByLabel(/^PIN/)
  async function choose(guardian: string | undefined): Promise<void> {
    if (guardian !== undefined) await page.getByLabel('Who answers').selectOption({ label: guardian })
  }
  return {
    async approveRequest({ guardian, pin, code }: Approval) {
      await thinkItOver()
      await choose(guardian)
      if ((await limitQuestion.count()) > 0) await limitQuestion.check()
      await untilTaken(page, async () => {
        await pinField.fill(pin)
        await page.getByLabel('Code', { exact: true }).fill(code)
        await pay.click()
      })
    },
    async denyRequest({ guardian, pin, reason, note }: Denial) {
      await page.getByRole('button', { name: 'No…', exact: true }).click()
      await choose(guardian)
      await page.getByRole('radio', { name: denialNames[reason] }).check()
      if (note !== undefined) await page.getByLabel(/^A word to /).fill(note)
      await untilTaken(page, async () => {
        await pinField.fill(pin)
        await page.getByRole('button', { name: 'Say no', exact: true }).click()
      })
    },
  }
}

/** `think` lets the time pass for which a person is asked to think. */
export function confirmPage(page: Page, think: () => Promise<void>): ConfirmPage {
  const pay = page.getByRole('button', { name: /^Pay/ })
  const limitQuestion = page.getByRole('checkbox', { name: /^I know:/ })
  const thinking = page.getByText('Pay can be pressed in a moment.', { exact: true })
  /** It is drawn together with `Pay`, or not at all. */
  async function thinkItOver(): Promise<void> {
    await pay.waitFor()
    if ((await thinking.count()) === 0) return
    await think()
    await thinking.waitFor({ state: 'hidden' })
  }
  /** A window that closes meanwhile asks nothing any more. */
  const asksStill = () =>
    drawn(page)
      .then(() => pay.isVisible())
      .catch(() => false)
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true })
  const close = page.getByRole('button', { name: 'Close', exact: true })
  return {
    page,
    pay,
    cancel,
    close,
    async leave(by) {
      const closed = page.waitForEvent('close')
      await Promise.all([closed, pressed(page, () => ({ cancel, close })[by].click())])
    },
    limitQuestion,
    hint: page.getByRole('contentinfo').getByRole('status').last(),
    ...questionAnswers(page),
    thinking,
    thinkItOver,
    ...guardianAnswers(page, pay, limitQuestion, thinkItOver),
    async approveWithCode(code) {
      await thinkItOver()
      if ((await limitQuestion.count()) > 0) await limitQuestion.check()
      await untilTaken(page, async () => {
        await page.getByRole('region', { name: 'Second factor of your account' }).getByRole('textbox').fill(code)
        await pay.click()
      })
    },
    async approve() {
      await thinkItOver()
      // It is drawn together with `Pay`, or not at all.
      if ((await limitQuestion.count()) > 0) await limitQuestion.check()
      await pay.click()
      // The press that brings the window to the front does not count and is told so: then a person presses again.
      while (await asksStill()) await pay.click()
    },
    async holdTime() {
      await thinkItOver()
      // A timer that began on the real clock would not stop with the other one.
      await expect(pay).toHaveAttribute('aria-disabled', 'false')
      await page.clock.install()
      await page.clock.pauseAt(Date.now() + hourMs)
    },
  }
}
