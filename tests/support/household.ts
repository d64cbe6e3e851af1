/** A household in the running app: set up from the first start, and what each of its people can do. */
import { expect } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import type { Tuppence } from './launch.ts'
import type { ConfirmPage } from './pages/confirm-page.ts'
import { startPage } from './pages/start-page.ts'

type Others = Parameters<ReturnType<typeof startPage>['fillIn']>[1]

export interface Household {
  readonly guardian: string
  readonly recoveryCodes: readonly string[]
  pinOf(name: string): string
  /** A code of the guardian's authenticator that was not given out before. */
  code(): Promise<string>
  /** Picks the profile on the start screen and types its PIN. */
  open(name: string): Promise<void>
  lock(): Promise<void>
  /** Types the PIN of the open profile into the trusted window, which asks whether it is really meant. */
  consent(name: string, code?: string): Promise<void>
}

const guardian = 'Ada'
const stepMs = 30_000

/** `others` get PINs of their own, in this order. */
const pins = ['8351', '2749', '6018', '9402']

/** What else is done on the way. */
interface Watching {
  /** The form is filled in. */
  readonly onForm?: () => Promise<void>
  /** The trusted window asks for something new. */
  readonly onWindow?: (window: ConfirmPage, what: string) => Promise<void>
}

/** Goes from the form that is open to the guardian's open profile. */
export async function setUpHousehold(tuppence: Tuppence, others: Others, { onForm, onWindow }: Watching = {}): Promise<Household> {
  const start = startPage(tuppence.launcher.page)
  await start.fillIn(guardian, others)
  await onForm?.()
  await start.setUp.click()
  return finishSetUp(tuppence, others, onWindow ?? (async () => {}))
}

/** What the trusted window asks for, one thing after the other. */
async function finishSetUp(tuppence: Tuppence, others: Others, onWindow: NonNullable<Watching['onWindow']>): Promise<Household> {
  const { launcher, sandbox } = tuppence
  const names = [guardian, ...others.map(({ name }) => name)]
  const pinOf = (name: string) => pins[names.indexOf(name)] ?? ''
  const window = await tuppence.confirm()
  const field = (name: string) => expect(window.page.getByLabel(name, { exact: true })).toBeVisible()
  await field('New PIN')
  await onWindow(window, 'new-pin')
  await window.chooseNewPin(pinOf(guardian))
  const secret = await window.scanSecret()
  await onWindow(window, 'second-factor')
  const authenticator = new TOTP({ secret: Secret.fromBase32(secret) })
  await window.enterCode(authenticator.generate({ timestamp: await sandbox.now() }))
  await field('I have written them down')
  await onWindow(window, 'recovery-codes')
  const recoveryCodes = await window.noteRecoveryCodes()
  for (const { name } of others) {
    await expect(window.page.getByRole('heading', { name: `A PIN for ${name}` })).toBeVisible()
    await window.chooseNewPin(pinOf(name))
  }
  const start = startPage(launcher.page)
  await expect(start.open).toContainText(guardian)
  await expect.poll(tuppence.confirmWindows).toBe(0)
  return {
    ...{ guardian, recoveryCodes, pinOf },
    async code() {
      await sandbox.advanceClock(stepMs)
      return authenticator.generate({ timestamp: await sandbox.now() })
    },
    async open(name) {
      await start.profile(name).click()
      await (await tuppence.confirm()).enterPin(pinOf(name))
      await expect(start.open).toContainText(name)
      await expect.poll(tuppence.confirmWindows).toBe(0)
    },
    async lock() {
      await start.lock.click()
      await expect(start.heading).toBeVisible()
    },
    async consent(name, code) {
      await (await tuppence.confirm()).consent(pinOf(name), code)
      await expect.poll(tuppence.confirmWindows).toBe(0)
    },
  }
}
