/**
 * Asks the history index of the ledger that its first argument names, in a thread as the app has it, with the index in the file of the second,
 * and tells how long that took. The third is the seed of the questions.
 */
import { fileURLToPath } from 'node:url'
import { everyLine, type HistoryFilter } from '../../src/domain/history/filter.ts'
import { newestFirst, type SortColumn, sortColumns } from '../../src/domain/history/order.ts'
import { createThreadHistoryIndex } from '../../src/main/adapters/sqlite/history-index/thread-history-index.ts'
import type { HistoryQuestion } from '../../src/main/ports/history-index.ts'
import { seededRandom } from '../crash/random.ts'
import { addPurchases } from '../support/generated-ledger.ts'
import { median, quantile, round } from './statistics.ts'

const [ledgerFile = '', indexFile = '', seed = '1'] = process.argv.slice(2)
const random = seededRandom(Number(seed))
const workerFile = fileURLToPath(new URL('../../src/main/adapters/sqlite/history-index/history-worker.ts', import.meta.url))
const start = () => createThreadHistoryIndex({ ledgerFile, indexFile, workerFile })
const everything: HistoryQuestion = { filter: everyLine, order: newestFirst, seen: null, names: { ada: 'Ada', ben: 'Ben', cleo: 'Cleo' }, zone: 'Europe/Berlin' }
const page = { offset: 0, limit: 100 }

const restBytes = process.memoryUsage.rss()
let mostBytes = restBytes
const sampling = setInterval(() => (mostBytes = Math.max(mostBytes, process.memoryUsage.rss())), 50)
const aboveRestMB = () => round((mostBytes - restBytes) / 1e6, 0)

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** What people look for, alone and together, differing from question to question. */
function filterOf(n: number): HistoryFilter {
  const word = random.pick(['star', 'dragon', 'mull', 'ec', 'sternen', 'pass', 'ben', 'gem', 'fro', 'game 1', 'chest'])
  const month = `${2017 + random.below(9)}-${String(1 + random.below(11)).padStart(2, '0')}`
  const choices: readonly Partial<HistoryFilter>[] = [
    { words: word.split(' ') },
    { words: [word.slice(0, 1 + random.below(3)), random.pick(['cape', 'sw', 'm'])] },
    { words: [`t-${2017 + random.below(9)}-${random.below(1000)}`] },
    { sellerIds: [`seller-${random.below(300)}`] },
    { memberIds: [random.pick(['ada', 'ben', null])] },
    { from: `${month}-01T00:00:00.000Z`, before: `${month}-28T00:00:00.000Z` },
    { amounts: [{ is: 'above', decimal: String(1 + random.below(40)), currency: 'EUR' }] },
    { lineKinds: ['refund', 'chargeback'], words: [word.slice(0, 3)] },
    { states: ['approved', 'unknown'] },
    { currencies: [random.pick(['USD', 'JPY', 'KWD'])], sellerWords: [random.pick(['star', 'pix', 'dra'])] },
  ]
  return { ...everyLine, ...choices[n % choices.length] }
}

const building = start()
const buildMs = await msOf(() => building.page(everything, page))
const memoryWhileBuildingMB = aboveRestMB()
await building.close()
mostBytes = process.memoryUsage.rss()
const index = start()
const openMs = await msOf(() => index.page(everything, page))
const { lines } = await index.summary(everything)
// The compiler takes a moment to see what is hot.
for (let n = 0; n < 20; n += 1) await index.page({ ...everything, filter: filterOf(n) }, page)

const rounds = 200
const first: number[] = []
for (let n = 0; n < rounds; n += 1) {
  const question = { ...everything, filter: filterOf(n) }
  first.push(await msOf(() => index.page(question, page)))
}
const sortMs: Partial<Record<SortColumn, [number, number]>> = {}
for (const by of sortColumns) {
  const sorted = { ...everything, order: { by, direction: 'ascending' } } as const
  const once = await msOf(() => index.page(sorted, page))
  sortMs[by] = [round(once), round(await msOf(() => index.page({ ...sorted, order: { by, direction: 'descending' } }, page)))]
}
const scroll: number[] = []
for (let n = 0; n < rounds; n += 1) scroll.push(await msOf(() => index.page(everything, { offset: random.below(lines), limit: 200 })))
const summaryMs: number[] = []
const groups: number[] = []
for (let n = 0; n < 20; n += 1) {
  const question = { ...everything, filter: filterOf(n) }
  summaryMs.push(await msOf(() => index.summary(question)))
  groups.push(await msOf(() => index.groups(everything, ['month', 'seller'])))
}
const catchUp: number[] = []
for (let n = 0; n < 20; n += 1) {
  addPurchases(ledgerFile, 1, Number(seed) * 1000 + n)
  catchUp.push(await msOf(() => index.page(everything, page)))
}
const p95 = (samples: readonly number[]) => round(quantile(samples, 0.95), 1)
clearInterval(sampling)
await index.close()
console.log(
  JSON.stringify({
    lines,
    buildSeconds: round(buildMs / 1000, 1),
    openSeconds: round(openMs / 1000, 1),
    firstPageP95Ms: p95(first),
    firstPageMedianMs: round(median(first), 1),
    scrollP95Ms: p95(scroll),
    sortMs,
    summaryP95Ms: p95(summaryMs),
    monthsBySellerMs: round(median(groups), 1),
    afterAPurchaseP95Ms: p95(catchUp),
    memoryWhileBuildingMB,
    memoryAboveRestMB: aboveRestMB(),
  }),
)
