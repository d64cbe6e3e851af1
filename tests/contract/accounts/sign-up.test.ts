import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type IdentityWorld, caller, goodPassword, openIdentityWorld, pendingOf, sessionOf } from '../../support/identity-world.ts'

let world: IdentityWorld
beforeAll(async () => {
  world = await openIdentityWorld()
})
afterAll(() => world.close())

const ask = async (email: string, password: string | null = goodPassword) => world.identity.signUp({ email, password, proof: await world.proof() }, caller)

describe('signing up', () => {
  it('makes an account of an address and a password once a code from the mail came back, and signs it in', async () => {
    const sent = await ask('Ada@Example.org')
    const [mail] = await world.mailsTo('ada@example.org')
    expect(mail!.subject).toBe('Tuppence: Your code to make your account')
    expect(await world.store.selectFrom('accounts').selectAll().execute()).toEqual([])
    const session = sessionOf(await world.identity.confirmEmail({ pending: pendingOf(sent), code: await world.codeTo('ada@example.org') }, caller))
    expect(await world.identity.session(session)).toMatchObject({
      isFresh: true,
      account: { email: 'ada@example.org', displayName: null, hasPassword: true, secondFactors: [], phone: null, recoveryCodesLeft: 0, stepUpAboveCents: 2000n },
    })
  })
})
