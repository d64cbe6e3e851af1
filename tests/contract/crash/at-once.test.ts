/** A short slice of `npm run concurrency`. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'
import { buyAtOnce, shareAFolder } from '../../crash/at-once.ts'

let keychain: Awaited<ReturnType<typeof startPrivateKeychain>>
beforeAll(async () => {
  keychain = await startPrivateKeychain()
})
afterAll(() => keychain.stop())

// More than one page of the gateway's list of charges.
it('P1 P2 P3 sixty purchases at once are each charged exactly once, and the ledger is one clean chain', async () => {
  expect(await buyAtOnce(keychain.env, 60)).toEqual({ approvals: 60, charges: 60, violations: [] })
}, 180_000)

it('P2 P3 of two apps on one folder exactly one has it, until it is killed', async () => {
  expect(await shareAFolder(keychain.env, 4)).toEqual({ rounds: 4, exactlyOne: 4, takenOver: 2, violations: [] })
}, 180_000)
