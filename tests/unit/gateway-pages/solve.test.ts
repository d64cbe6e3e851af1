import { createChallenge, type Payload, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { describe, expect, it } from 'vitest'
import { type Challenge, solve, toPayload } from '../../../resources/account-pages/solve.js'

const keys = { hmacSignatureSecret: 'one secret', hmacKeySignatureSecret: 'another' }

async function verified(payload: string) {
  const { challenge, solution } = JSON.parse(atob(payload)) as Payload
  return verifySolution({ challenge, solution, deriveKey, ...keys })
}

describe('the proof of work that the page does', () => {
  it.each([0, 7, 8, 300])('finds the counter %i, and altcha-lib takes it', async (counter) => {
    const challenge = (await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 100, counter, deriveKey, data: { expiresAtMs: 1 }, ...keys })) as Challenge
    const tried: number[] = []
    const solution = await solve(challenge, (count) => tried.push(count))
    expect(solution.counter).toBe(counter)
    expect(tried.at(-1) ?? 0).toBe(counter - (counter % 8))
    expect(await verified(toPayload(challenge, solution))).toMatchObject({ verified: true })
  })

  it('also where only the beginning of the key is given, and of any length', async () => {
    const challenge = (await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 10, keyPrefix: '0', keyLength: 24, deriveKey, hmacSignatureSecret: keys.hmacSignatureSecret })) as Challenge
    const solution = await solve(challenge)
    expect(solution.derivedKey).toMatch(/^0[0-9a-f]{47}$/)
    expect(await verified(toPayload(challenge, solution))).toMatchObject({ verified: true })
  })

  it('is not accepted for another challenge', async () => {
    const make = async () => (await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 10, counter: 3, deriveKey, ...keys })) as Challenge
    const [one, other] = [await make(), await make()]
    expect(await verified(toPayload(other, await solve(one)))).toMatchObject({ verified: false })
  })

  it('refuses an algorithm that it does not know', async () => {
    const { parameters } = (await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 10, deriveKey })) as Challenge
    await expect(solve({ parameters: { ...parameters, algorithm: 'ARGON2ID' } })).rejects.toThrow('no proof of work by ARGON2ID')
  })
})
