import { expect, it } from 'vitest'
import { limitsCheck } from '../../../src/main/adapters/sqlite/limits-check.ts'
import type { Rows } from '../../../src/main/adapters/sqlite/rows.ts'
import { hmacOf } from '../../support/hmac.ts'

const line = { atMs: 0, sellerId: 'seller', memberId: null, currency: 'EUR', spent: 1n, reserved: 0n }

it('P3 lines of usage that lead round in a circle, as in a broken page, are found out and not followed for ever', async () => {
  const rows = { usageAfter: () => [line], controlsTexts: () => [], familyTexts: () => [] } as unknown as Rows
  expect(await limitsCheck(hmacOf('test key')).fits(rows)).toBe(false)
})
