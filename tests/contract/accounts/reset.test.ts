import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SecondFactorWanted } from '../../../src/gateway/accounts/identity.ts'
import { caller, goodPassword, type IdentityWorld, minute, openIdentityWorld, pendingOf, second } from '../../support/identity-world.ts'

let world: IdentityWorld
beforeEach(async () => {
  world = await openIdentityWorld()
})
afterEach(() => world.close())

const email = 'ada@example.org'
const newPassword = 'another good set of words'
const ask = async (address = email) => world.identity.requestReset({ email: address, proof: await world.proof() }, caller)
const reset = (token: string, password = newPassword) => world.identity.resetPassword({ token, password }, caller)
const signIn = async (password: string) => world.identity.signInWithPassword({ email, password, proof: await world.proof() }, caller)

async function newestToken(): Promise<string> {
  const links = (await world.mailsTo(email)).flatMap(({ text }) => /^https:\/\/accounts\.example\.org\/account\/reset\?token=([\w-]{43})$/m.exec(text)?.[1] ?? [])
  return links.at(-1) ?? expect.fail('no link came')
}

describe('a link that sets the password anew', () => {
  it('works once, signs nobody in, and signs everybody out, on pages and devices', async () => {
    const { session, accountId } = await world.signUp(email)
    expect(await ask()).toEqual({ kind: 'done' })
    const token = await newestToken()
    expect(await reset(token)).toEqual({ kind: 'done' })
    expect(await reset(token)).toEqual({ kind: 'wrong' })
    expect([await world.identity.session(session), world.signedOut]).toEqual([null, [accountId]])
    expect(await signIn(goodPassword)).toEqual({ kind: 'wrong' })
    expect(await signIn(newPassword)).toMatchObject({ kind: 'secondFactor', ways: [{ method: 'email' }] })
    expect((await world.eventsOf(accountId)).toReversed()).toEqual(['accountCreated', 'resetRequested', 'passwordReset', 'signInFailed'])
    expect((await world.mailsTo(email)).map(({ subject }) => subject)).toContain('Tuppence: Your password was set anew by a link in a mail')
  })

  it('is used up by the first of ten at once', async () => {
    await world.signUp(email)
    await ask()
    const token = await newestToken()
    const answers = await Promise.all(Array.from({ length: 10 }, () => reset(token)))
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1)
  })

  it('is good for 20 minutes, and no more once another was asked for', async () => {
    await world.signUp(email)
    await ask()
    const first = await newestToken()
    await ask()
    const newest = await newestToken()
    expect(await reset(first)).toEqual({ kind: 'wrong' })
    world.clock.nowMs += 20 * minute
    expect(await reset(newest)).toEqual({ kind: 'wrong' })
    await ask()
    const inTime = await newestToken()
    world.clock.nowMs += 20 * minute - 1
    expect(await reset(inTime)).toEqual({ kind: 'done' })
  })

  it('outlasts a password that is too easy', async () => {
    await world.signUp(email)
    await ask()
    const token = await newestToken()
    expect(await reset(token, 'password12')).toMatchObject({ kind: 'weakPassword' })
    expect(await reset(token)).toEqual({ kind: 'done' })
  })

  it('is kept as a hash', async () => {
    await world.signUp(email)
    await ask()
    const token = await newestToken()
    const kept = await world.store.selectFrom('account_pending').select('token_hash').where('kind', '=', 'reset').execute()
    expect(kept).toHaveLength(1)
    expect(kept[0]!.token_hash).not.toBe(token)
  })

  it('is asked for in the same words by whoever has no account, needs a proof of work, and fills no mailbox', async () => {
    await world.signUp(email)
    expect(await ask('nobody@example.org')).toEqual(await ask())
    expect(await world.identity.requestReset({ email, proof: '' }, caller)).toEqual({ kind: 'proofWanted' })
    for (let sent = 1; sent < 5; sent += 1) expect([await ask(), await ask('nobody@example.org')]).toEqual([{ kind: 'done' }, { kind: 'done' }])
    for (const address of [email, 'nobody@example.org']) expect(await ask(address)).toEqual({ kind: 'wait', waitMs: 30 * second })
    expect(await world.mailsTo('nobody@example.org')).toEqual([])
  })

  it('ends a sign-in that has begun with the old password', async () => {
    await world.signUp(email)
    const { pending } = (await signIn(goodPassword)) as SecondFactorWanted
    await ask()
    await reset(await newestToken())
    expect(await world.identity.sendSecondFactorCode({ pending, method: 'email' }, caller)).toEqual({ kind: 'wrong' })
  })

  it('makes up for no second factor: beside a password, whether it came by mail or not, a code that comes by mail does not count', async () => {
    const { session } = await world.signUp(email)
    const { secret } = await world.addTotp(session)
    await ask()
    await reset(await newestToken())
    const wanted = (await signIn(newPassword)) as SecondFactorWanted
    expect(wanted.ways).toEqual([{ method: 'totp' }, { method: 'recovery' }])
    expect(await world.identity.sendSecondFactorCode({ pending: wanted.pending, method: 'email' }, caller)).toEqual({ kind: 'wrong' })
    world.clock.nowMs += minute
    const { session: signedIn } = (await world.identity.answerSecondFactor({ pending: wanted.pending, method: 'totp', code: world.totpNow(secret) }, caller)) as { session: string }
    await world.identity.setPassword(signedIn, goodPassword, caller)
    expect(await signIn(goodPassword)).toMatchObject({ ways: [{ method: 'totp' }, { method: 'recovery' }] })
  })

  it('gives an account its first password, too', async () => {
    await world.signUp(email, null)
    await ask()
    await reset(await newestToken())
    expect(pendingOf(await signIn(newPassword))).toEqual(expect.any(String))
  })
})
