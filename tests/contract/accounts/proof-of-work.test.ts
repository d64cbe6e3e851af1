import { type Challenge, createChallenge, type Payload, solveChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../src/gateway/accounts/identity.ts'
import { caller, goodPassword, hour, type IdentityWorld, minute, openIdentityWorld, solve } from '../../support/identity-world.ts'

let world: IdentityWorld
beforeEach(async () => {
  world = await openIdentityWorld()
})
afterEach(() => world.close())

const elsewhere: Caller = { ...caller, ip: '198.51.100.9' }
const use = async (proof: string, from = caller) => (await world.identity.requestReset({ email: 'ada@example.org', proof }, from)).kind
const costOf = async (from = caller) => ((await world.identity.proofOfWork(from)).challenge as Challenge).parameters.cost
const decoded = (proof: string) => JSON.parse(Buffer.from(proof, 'base64').toString()) as Payload
const encoded = (payload: object) => Buffer.from(JSON.stringify(payload)).toString('base64')

describe('a proof of work', () => {
  it('would count any number of times if altcha-lib were asked alone', async () => {
    const hmacSignatureSecret = 'only for this test'
    const challenge = await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 1, counter: 2, deriveKey, hmacSignatureSecret })
    const solution = await solveChallenge({ challenge, deriveKey })
    const verify = () => verifySolution({ challenge, solution: solution!, deriveKey, hmacSignatureSecret })
    expect([(await verify()).verified, (await verify()).verified]).toEqual([true, true])
  })

  it('counts once here, also after a restart and where it comes ten times at once', async () => {
    const proof = await world.proof()
    const answers = await Promise.all(Array.from({ length: 10 }, () => use(proof)))
    expect(answers.toSorted()).toEqual(['done', ...Array<string>(9).fill('proofWanted')])
    world = await world.restart()
    expect(await use(proof)).toBe('proofWanted')
  })

  it('counts once in whatever spelling', async () => {
    const proof = await world.proof()
    expect(await use(proof)).toBe('done')
    const { challenge, solution } = decoded(proof)
    expect(await use(encoded({ solution, challenge, more: 1 }))).toBe('proofWanted')
    expect(await use(encoded({ challenge, solution: { ...solution, counter: solution.counter + 1 } }))).toBe('proofWanted')
    expect(await use(encoded({ challenge: { ...challenge, parameters: { ...challenge.parameters, nonce: '0'.repeat(32) } }, solution }))).toBe('proofWanted')
  })

  it('is of this gateway, solved, not changed and at most 20 minutes old', async () => {
    const payload = decoded(await world.proof())
    const { parameters } = payload.challenge
    const changed = (changes: object) => encoded({ ...payload, challenge: { ...payload.challenge, parameters: { ...parameters, ...changes } } })
    const unsigned = await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 1, counter: 1, deriveKey, data: { expiresAtMs: Number.MAX_SAFE_INTEGER } })
    const wrong = [changed({ cost: 2 }), changed({ data: { expiresAtMs: Number.MAX_SAFE_INTEGER } }), await solve(unsigned), 'no base64 of anything', encoded({}), 'x'.repeat(5_000)]
    const unsolved = encoded({ ...payload, solution: { ...payload.solution, derivedKey: '00'.repeat(32) } })
    for (const proof of [...wrong, unsolved]) expect(await use(proof)).toBe('proofWanted')
    world.clock.nowMs += 20 * minute - 1
    expect(await use(encoded(payload))).toBe('done')
    const old = await world.proof()
    world.clock.nowMs += 20 * minute
    expect(await use(old)).toBe('proofWanted')
  })

  it('is harder the more is tried from an address, up to sixteen times, and easier again after a while', async () => {
    const cheap = await world.proof()
    expect(await costOf()).toBe(1)
    const costs = new Set<number>()
    for (let count = 0; count < 40; count += 1) {
      await world.identity.confirmEmail({ pending: 'nothing', code: '000000' }, caller)
      costs.add(await costOf())
    }
    expect([...costs]).toEqual([1, 2, 4, 8, 16])
    expect((await world.identity.proofOfWork(caller)).difficulty).toBe('raised')
    expect(await use(cheap)).toBe('proofWanted')
    expect(await use(cheap, elsewhere)).toBe('done')
    expect(await costOf(elsewhere)).toBe(1)
    world.clock.nowMs += hour
    expect([await costOf(), (await world.identity.proofOfWork(caller)).difficulty]).toEqual([1, 'usual'])
  })

  it('is not used up by a password that is too easy', async () => {
    const proof = await world.proof()
    expect(await world.identity.signUp({ email: 'ada@example.org', password: 'password12', proof }, caller)).toMatchObject({ kind: 'weakPassword' })
    expect(await world.identity.signUp({ email: 'ada@example.org', password: goodPassword, proof }, caller)).toMatchObject({ kind: 'codeSent' })
  })
})
