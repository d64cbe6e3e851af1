/** A short slice of `npm run fault`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'
import { seededRandom } from '../../crash/random.ts'
import { breakBytes } from '../../fault/broken-bytes.ts'
import { diskFaults, failEveryCall } from '../../fault/disk-faults.ts'
import { fillTheDisk, mayMount } from '../../fault/full-disk.ts'
import { changeTheKeychain } from '../../fault/keychain-changes.ts'
import { failTheKeychain } from '../../fault/keychain-faults.ts'

const minutes = 60_000
const isLinux = process.platform === 'linux'

let env: Awaited<ReturnType<typeof startPrivateKeychain>>['env']
let stop: () => Promise<void>
let wrong: string[]
/** Everything that goes wrong has a kind before the colon; how many cases there were has none. */
function say(line: string): void {
  if (/^[a-zA-Z]+: /.test(line)) wrong.push(line)
}

beforeAll(async () => {
  ;({ env, stop } = await startPrivateKeychain())
})
afterAll(() => stop())

describe.runIf(isLinux)('a disk that fails', () => {
  it('P1 P2 P3 whichever call fails while somebody buys, it is clear what was charged, and paid is only what is on the disk', async () => {
    wrong = []
    const faults = diskFaults.filter(({ name }) => /disk full from then on|fails once|too many open files from then on/.test(name))
    const { cases, told } = await failEveryCall({ env, faults, acts: ['buying'], stride: 4, say })
    expect(wrong).toEqual([])
    expect(cases).toBeGreaterThan(10)
    expect(Object.keys(told).sort()).toContain('buying: unknown')
  }, 5 * minutes)

  it('P3 a first start that finds no room leaves nothing behind that stops the next one', async () => {
    wrong = []
    const faults = diskFaults.filter(({ name }) => name === 'disk full from then on')
    const { cases } = await failEveryCall({ env, faults, acts: ['first start'], stride: 12, say })
    expect(wrong).toEqual([])
    expect(cases).toBeGreaterThan(3)
  }, 5 * minutes)
})

describe.runIf(isLinux && mayMount())('a disk that is full', () => {
  it('P2 P3 with room for any number of pages, nothing is paid that is not on the disk', async () => {
    wrong = []
    const { told } = await fillTheDisk({ env, acts: ['buying'], stride: 4, say })
    expect(wrong).toEqual([])
    expect(Object.keys(told)).toContain('buying: refused: ledgerUnavailable')
  }, 5 * minutes)
})

it('P3 whatever is changed in the bytes of the ledger is found out, or changes nothing that is read', async () => {
  wrong = []
  const { cases, accepted, overwritten, tampered, refused } = await breakBytes(400, seededRandom(1), say)
  expect([cases, accepted, overwritten]).toEqual([400, 0, 0])
  expect(Math.min(tampered, refused)).toBeGreaterThan(0)
}, 5 * minutes)

describe.runIf(isLinux)('a keychain that fails', () => {
  it('P2 P3 P6 at any operation while somebody buys, it is clear what was charged', async () => {
    wrong = []
    const { cases } = await failTheKeychain({ env, ways: ['denied', 'did it and said it had not'], acts: ['buying'], say })
    expect(wrong).toEqual([])
    expect(cases).toBeGreaterThan(5)
  }, 5 * minutes)

  it('P3 P6 wiped, replaced, locked or gone beside a ledger that is there, it leads to no new key, no sale, and no changed byte', async () => {
    wrong = []
    const { cases, told } = await changeTheKeychain(say)
    expect(wrong).toEqual([])
    expect([cases, told['wiped']]).toEqual([9, 'keyMissing, refused: ledgerUnavailable'])
  }, 5 * minutes)
})
