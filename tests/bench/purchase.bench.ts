/** How long a person waits: Buy click to a painted question, Pay click to the receipt shown; and memory at rest. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { launchTuppence, type Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { median, quantile, round } from './statistics.ts'

const readingMs = 2_000

export interface PurchaseFigures {
  readonly purchases: number
  /** Goal for the 95th percentile: at most 150 ms. */
  readonly buyToConfirmMs: { readonly p50: number; readonly p95: number }
  /** Goal for the 95th percentile: at most 200 ms. */
  readonly payToReceiptMs: { readonly p50: number; readonly p95: number }
  readonly mainMemoryMiB: number
}

export async function benchPurchase(
  env: Readonly<Record<string, string | undefined>>,
  purchases: number,
): Promise<PurchaseFigures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tuppence-bench-'))
  const tuppence = await launchTuppence({ dataDir, env })
  try {
    const moments = await watch(tuppence)
    const buyToConfirm: number[] = []
    const payToReceipt: number[] = []
    for (let done = 0; done <= purchases; done += 1) {
      const times = await purchase(tuppence, moments)
      // Nobody buys again before having read what became of it; until then the app makes the next window.
      await delay(readingMs)
      // The first one warms caches that every later one finds warm, as a person's first of the day does not.
      if (done === 0) continue
      buyToConfirm.push(times.painted - times.buy)
      payToReceipt.push(times.receipt - times.pay)
    }
    return {
      purchases,
      buyToConfirmMs: summary(buyToConfirm),
      payToReceiptMs: summary(payToReceipt),
      mainMemoryMiB: round((await residentBytes(tuppence)) / 2 ** 20, 0),
    }
  } finally {
    await tuppence.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

type Moment = 'buy' | 'painted' | 'pay' | 'receipt'
type Moments = (moment: Moment) => Promise<number>

async function purchase({ launcher, confirm, confirmWindows }: Tuppence, moment: Moments) {
  const expected = { buy: moment('buy'), painted: moment('painted'), pay: moment('pay'), receipt: moment('receipt') }
  await launcher.buy(cheapOffer.title)
  await (await confirm()).approve()
  const [buy, painted, pay, receipt] = await Promise.all(Object.values(expected))
  await launcher.notice.getByRole('button', { name: 'Dismiss' }).click()
  while ((await confirmWindows()) > 0) await launcher.page.evaluate(() => new Promise(requestAnimationFrame))
  return { buy: buy!, painted: painted!, pay: pay!, receipt: receipt! }
}

/** Pages tell when something was clicked or painted, on the wall clock that all of them share. */
async function watch({ electron, launcher }: Tuppence): Promise<Moments> {
  const waiting = new Map<string, (at: number) => void>()
  const listen = (page: Page) =>
    page.on('console', (message) => {
      const [, moment, at] = /^bench (\w+) ([\d.]+)$/.exec(message.text()) ?? []
      if (moment && at) waiting.get(moment)?.(Number(at))
    })
  electron.context().on('page', listen)
  listen(launcher.page)
  await electron.context().addInitScript(tellMoments)
  await launcher.page.evaluate(tellMoments)
  await launcher.offer(cheapOffer.title).waitFor()
  return (moment) => new Promise((resolve) => waiting.set(moment, resolve))
}

/** Runs in the pages. */
function tellMoments(): void {
  const tell = (moment: string) => console.log(`bench ${moment} ${performance.timeOrigin + performance.now()}`)
  const tellOnce = new Set<string>()
  addEventListener(
    'click',
    ({ target }) => {
      const name = (target as Element).closest('button')?.textContent ?? ''
      if (name === 'Buy') tellOnce.clear()
      if (name === 'Buy') tell('buy')
      if (name.startsWith('Pay')) tell('pay')
    },
    true,
  )
  const whenPainted = (moment: string) => {
    if (tellOnce.has(moment)) return
    tellOnce.add(moment)
    requestAnimationFrame(() => setTimeout(() => tell(moment)))
  }
  new MutationObserver(() => {
    const buttons = [...document.querySelectorAll('button')].map(({ textContent }) => textContent)
    if (buttons.some((name) => name?.startsWith('Pay'))) whenPainted('painted')
    if (document.querySelector('[role=status]')?.textContent?.includes('Paid')) whenPainted('receipt')
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

function summary(samples: readonly number[]): { p50: number; p95: number } {
  return { p50: round(median(samples), 0), p95: round(quantile(samples, 0.95), 0) }
}

function residentBytes({ electron }: Tuppence): Promise<number> {
  return electron.evaluate(() => process.memoryUsage.rss())
}
