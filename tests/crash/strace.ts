/**
 * `npm run strace -- --purchases N`: shows with strace that the approval of every purchase is on the disk, and anchored,
 * before the first byte of its request goes to the gateway. The last line on stdout is the figures as JSON. Exit codes: 0 all
 * of them, 1 not all, 3 it cannot be shown here, and stderr says why.
 */
import { parseArgs } from 'node:util'
import { wholeNumber } from './options.ts'
import { tracePurchases, whyNoStrace } from './trace-purchases.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { purchases: { type: 'string', default: '500' } } })
  const wanted = wholeNumber('--purchases', values.purchases)
  const missing = await whyNoStrace()
  if (missing !== null) {
    console.error(missing)
    return 3
  }
  const date = new Date().toISOString()
  const startedAt = performance.now()
  const { purchases, inOrder, wrong } = await tracePurchases(wanted)
  for (const { purchaseId, why } of wrong) console.error(`${purchaseId}: ${why}`)
  console.log(JSON.stringify({ purchases, inOrder, wrong: wrong.length, seconds: Math.round((performance.now() - startedAt) / 1000), date }))
  return purchases === wanted && inOrder === wanted && wrong.length === 0 ? 0 : 1
}

process.exitCode = await main()
