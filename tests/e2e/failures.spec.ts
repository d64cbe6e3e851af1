import type { Fault } from '../../src/contract/http/messages.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'

async function buyWith(tuppence: Tuppence, when: 'quote' | 'charge', fault: Fault): Promise<void> {
  if (when === 'quote') await tuppence.sandbox.setFaults(fault)
  await tuppence.launcher.buy(cheapOffer.title)
  if (when === 'quote') return
  const confirm = await tuppence.confirm()
  await tuppence.sandbox.setFaults(fault)
  await confirm.approve()
}

const rowState = (tuppence: Tuppence) => tuppence.launcher.historyRows.first()

test('a decline says that nothing was charged, and why', async ({ tuppence }) => {
  await buyWith(tuppence, 'charge', { kind: 'decline' })
  const confirm = await tuppence.confirm()
  await expect(confirm.page.getByText('Nothing was charged')).toBeVisible()
  await confirm.leave('close')
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  expect(await tuppence.sandbox.charges()).toEqual([])
})

test('P1 a price that changed after the quote is not charged', async ({ tuppence }) => {
  await buyWith(tuppence, 'quote', { kind: 'priceChangeAfterQuote' })
  await (await tuppence.confirm()).approve()
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  await expect(tuppence.launcher.notice).toContainText('price')
  expect(await tuppence.sandbox.charges()).toEqual([])
})

test('a quote that has run out opens no confirm window', async ({ tuppence }) => {
  await buyWith(tuppence, 'quote', { kind: 'quoteExpired' })
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  expect(await tuppence.confirmWindows()).toBe(0)
})

test('P1 a challenge that nobody answered for two minutes cannot be answered any more', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.pay).toBeVisible()
  await tuppence.sandbox.advanceClock(121_000)
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  await expect.poll(tuppence.confirmWindows).toBe(0)
  expect(await tuppence.sandbox.charges()).toEqual([])
})

test('a quote with a wrong signature opens no confirm window', async ({ tuppence }) => {
  await buyWith(tuppence, 'quote', { kind: 'quoteWrongSignature' })
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  expect(await tuppence.confirmWindows()).toBe(0)
})

test('P2 a charge whose answer got lost is found again by its key and not made twice', async ({ tuppence }) => {
  await buyWith(tuppence, 'charge', { kind: 'timeoutAfterCharge', delayMs: 50 })
  await expect(tuppence.launcher.notice).toContainText('not know')
  await (await tuppence.confirm()).leave('close')
  await tuppence.launcher.notice.getByRole('button', { name: 'Check now' }).press('Enter')
  await expect(tuppence.launcher.notice).toContainText('Paid')
  // The button has gone, and the keyboard goes on where it was.
  await expect(tuppence.launcher.notice).toBeFocused()
  await tuppence.launcher.openHistory()
  await expect(rowState(tuppence)).toContainText('Paid')
  expect(await tuppence.sandbox.charges()).toHaveLength(1)
})

test('P2 a receipt with a wrong signature is not believed, and settled by asking again', async ({ tuppence }) => {
  await buyWith(tuppence, 'charge', { kind: 'receiptWrongSignature' })
  await expect(tuppence.launcher.notice).toContainText('not know')
  await (await tuppence.confirm()).leave('close')
  await tuppence.launcher.notice.getByRole('button', { name: 'Check now' }).click()
  await tuppence.launcher.openHistory()
  await expect(rowState(tuppence)).toContainText('Paid')
  expect(await tuppence.sandbox.charges()).toHaveLength(1)
})

for (const kind of ['error500', 'timeoutBeforeCharge'] as const) {
  test(`P2 after ${kind} the outcome is unknown, nothing is charged, and the history says that it is being checked`, async ({
    tuppence,
  }) => {
    await buyWith(tuppence, 'charge', { kind, delayMs: 50 })
    await expect(tuppence.launcher.notice).toContainText('not know')
    await (await tuppence.confirm()).leave('close')
    await tuppence.launcher.openHistory()
    await expect(rowState(tuppence)).toContainText(/check/i)
    expect(await tuppence.sandbox.charges()).toEqual([])
    // Once the quote has run out the request can no longer arrive, and the person is told so without asking.
    await tuppence.sandbox.advanceClock(11 * 60_000)
    await expect(rowState(tuppence)).toContainText('Not charged')
    await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  })
}

test('P2 a request that is delivered twice is charged once', async ({ tuppence }) => {
  await buyWith(tuppence, 'charge', { kind: 'duplicateDelivery' })
  await expect(tuppence.launcher.notice).toContainText('Paid')
  expect(await tuppence.sandbox.charges()).toHaveLength(1)
})

test('P2 an unknown outcome is settled at the next start', async ({ launch }) => {
  const first = await launch()
  await buyWith(first, 'charge', { kind: 'timeoutAfterCharge', delayMs: 50 })
  await expect(first.launcher.notice).toContainText('not know')
  await first.close()
  const second = await launch()
  await second.launcher.openHistory()
  await expect(rowState(second)).toContainText('Paid')
  expect(await second.sandbox.charges()).toHaveLength(1)
})

test('a stopped gateway is explained, nothing is charged and the history stays', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(tuppence.launcher.notice).toContainText('Paid')
  await tuppence.sandbox.stopGateway()
  await tuppence.launcher.buy(cheapOffer.title)
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.historyRows).toHaveCount(1)
})

test('a gateway that stops between question and answer charges nothing', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await tuppence.sandbox.stopGateway()
  await confirm.approve()
  await expect(confirm.page.getByText(/Nothing was charged|not know/)).toBeVisible()
  await confirm.leave('close')
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.historyRows).toHaveCount(1)
  await expect(rowState(tuppence)).not.toContainText('Paid')
})
