/** A short slice of `npm run strace`. */
import { describe, expect, it } from 'vitest'
import { tracePurchases, whyNoStrace } from '../../crash/trace-purchases.ts'

// Where a container forbids one process to watch another, nothing can be shown.
describe.runIf((await whyNoStrace()) === null)('what the kernel sees', () => {
  it('P2 P3 the approval is synced to the disk and anchored before the first byte of its request goes to the gateway', async () => {
    expect(await tracePurchases(8)).toEqual({ purchases: 8, inOrder: 8, wrong: [] })
  }, 180_000)
})
