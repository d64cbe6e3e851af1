import { type AccountPages, openAccountPages } from '../support/account-pages.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { payloadsOf, readLedger } from '../support/ledger-file.ts'
import { cheapOffer } from '../support/offers.ts'
import { answerBoxes } from '../support/system-box.ts'

const robin = 'robin@example.org'

/** Signs up on the gateway's pages, and in on this computer. */
async function signIn({ launcher, sandbox }: Tuppence): Promise<AccountPages> {
  const pages = openAccountPages(await sandbox.url(), sandbox.outbox)
  await pages.signUp(robin)
  const waiting = await launcher.page.evaluate(() => window.tuppence.account.signIn())
  if (waiting.kind !== 'waiting') throw new Error(`no code to show: ${waiting.kind}`)
  await pages.allow(waiting.userCode)
  // The app asks every few seconds by its own clock.
  await expect
    .poll(async () => {
      await sandbox.advanceClock(6_000)
      return (await launcher.page.evaluate(() => window.tuppence.account.get())).kind
    })
    .toBe('signedIn')
  return pages
}

test('P1 a first purchase asks for the second factor, a wrong one charges nothing, the next asks no more until it costs enough, and a looser limit asks too', async ({ tuppence, dataDir }) => {
  const { electron, launcher, sandbox } = tuppence
  const pages = await signIn(tuppence)

  await launcher.buy(cheapOffer.title)
  const first = await tuppence.confirm()
  await expect(first.page.getByText('First purchase on this computer.')).toBeVisible()
  await expect(first.page.getByText('You have never bought from')).toBeVisible()
  // A code by e-mail is all there is, so it was sent already, and the window says so.
  await expect(first.page.getByText('A code was sent to')).toBeVisible()
  await expect(first.pay).toHaveAttribute('aria-disabled', 'true')
  const code = await pages.mailedCode(robin)
  await first.approveWithCode(code === '000000' ? '111111' : '000000')
  await expect(first.hint).toContainText('The code of your account is wrong. Nothing was paid.')
  expect(await sandbox.charges()).toEqual([])
  // Enter in the field is no answer, however right the code is.
  await first.page.getByRole('textbox').fill(code)
  await first.page.keyboard.press('Enter')
  await expect(first.pay).toHaveAttribute('aria-disabled', 'false')
  expect(await sandbox.charges()).toEqual([])
  await first.approveWithCode(code)
  await expect(launcher.notice).toContainText('Paid')
  expect(await sandbox.charges()).toMatchObject([{ offerId: cheapOffer.id }])

  await launcher.buy(cheapOffer.title)
  const second = await tuppence.confirm()
  await second.approve()
  await expect.poll(() => sandbox.charges()).toHaveLength(2)

  await pages.askFrom('0')
  await launcher.buy(cheapOffer.title)
  const third = await tuppence.confirm()
  await expect(third.page.getByText('You asked to be asked each time.')).toBeVisible()
  await third.leave('cancel')

  // P5: so does the first yes to a looser limit, in the trusted window; a tighter one is asked in a box of the system as ever.
  await answerBoxes(electron, 'yes')
  const weekly = (amount: string) => ({ kind: 'limit', period: 'week', sellerId: null, amount }) as const
  const change = (amount: string) => launcher.page.evaluate((one) => window.tuppence.controls.change({ change: one, household: { zone: 'Europe/Berlin', currency: 'EUR' } }), weekly(amount))
  expect(await change('1000')).toEqual({ kind: 'done' })
  const { pauseMs } = await launcher.page.evaluate((one) => window.tuppence.controls.preview({ change: one }), weekly('5000'))
  await sandbox.advanceClock(pauseMs)
  const asking = change('5000')
  const asks = await tuppence.confirm()
  await expect(asks.page.getByText('A code was sent to')).toBeVisible()
  await asks.answerWithCode(await pages.mailedCode(robin))
  expect(await asking).toMatchObject({ kind: 'asked' })
  await pages.close()
  await tuppence.close()

  const ledger = readLedger(dataDir)
  const [stepped, plain] = payloadsOf(ledger, 'purchase.approved')
  expect(payloadsOf(ledger, 'controls.looseningAsked')).toMatchObject([{ stepUp: expect.any(String) }])
  expect([typeof stepped?.['stepUp'], typeof plain?.['stepUp']]).toEqual(['string', 'undefined'])
  const failed = payloadsOf(ledger, 'stepUp.failed')
  expect(failed).toMatchObject([{ about: 'purchase', method: 'email' }])
  expect(JSON.stringify([stepped, failed])).not.toContain(code)
})
