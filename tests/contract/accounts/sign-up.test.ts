import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caller, goodPassword, type IdentityWorld, minute, openIdentityWorld, pendingOf, second, sessionOf, wrongCode } from '../../support/identity-world.ts'

let world: IdentityWorld
beforeAll(async () => {
  world = await openIdentityWorld()
})
afterAll(() => world.close())

const ask = async (email: string, password: string | null = goodPassword) => world.identity.signUp({ email, password, proof: await world.proof() }, caller)
const confirm = (pending: string, code: string) => world.identity.confirmEmail({ pending, code }, caller)
const accounts = async () => (await world.store.selectFrom('accounts').select('email').execute()).map(({ email }) => email)

describe('signing up', () => {
  it('makes an account of an address and a password once a code from the mail came back, and signs it in', async () => {
    const sent = await ask(' Ada@Example.org')
    const [mail] = await world.mailsTo('ada@example.org')
    expect(mail!.subject).toBe('Tuppence: Your code to make your account')
    expect(await accounts()).toEqual([])
    const session = sessionOf(await confirm(pendingOf(sent), await world.codeTo('ada@example.org')))
    expect(await world.identity.session(session)).toMatchObject({
      isFresh: true,
      account: { email: 'ada@example.org', displayName: null, hasPassword: true, secondFactors: [], phone: null, recoveryCodesLeft: 0, stepUpAboveCents: 2000n },
    })
  })

  it('needs no password', async () => {
    const { session } = await world.signUp('bea@example.org', null)
    expect(await world.identity.session(session)).toMatchObject({ account: { hasPassword: false } })
  })

  it('needs a proof of work', async () => {
    expect(await world.identity.signUp({ email: 'cal@example.org', password: goodPassword, proof: '' }, caller)).toEqual({ kind: 'proofWanted' })
  })

  it('takes no password that is short, easily guessed or made of the address, and says why in codes', async () => {
    expect(await ask('dot@example.org', 'short')).toEqual({ kind: 'weakPassword', warning: 'tooShort', suggestions: ['useWords', 'noNeed'] })
    expect(await ask('dot@example.org', 'password12')).toMatchObject({ kind: 'weakPassword', warning: 'common' })
    expect(await ask('dorothea.lambert@example.org', 'dorothea.lambert')).toMatchObject({ kind: 'weakPassword' })
    expect(await ask('dot@example.org', `${goodPassword} `.repeat(6))).toMatchObject({ kind: 'weakPassword', warning: 'tooLong' })
    expect(await world.mailsTo('dot@example.org')).toEqual([])
  })

  it('never makes an account with the password of somebody who asked before', async () => {
    await ask('eve@example.org', 'the password of a stranger')
    world.clock.nowMs += second
    await world.signUp('eve@example.org')
    const answer = await world.identity.signInWithPassword({ email: 'eve@example.org', password: 'the password of a stranger', proof: null }, caller)
    expect(answer).toEqual({ kind: 'wrong' })
  })

  it('of two who confirm the same address makes one account', async () => {
    const first = pendingOf(await ask('fay@example.org'))
    const firstCode = await world.codeTo('fay@example.org')
    await world.signUp('fay@example.org')
    expect(await confirm(first, firstCode)).toEqual({ kind: 'wrong' })
    expect((await accounts()).filter((email) => email === 'fay@example.org')).toHaveLength(1)
  })

  it('looks the same for an address that has an account, whose owner is told', async () => {
    const { accountId } = await world.signUp('gil@example.org')
    const before = { ...world.work }
    const taken = await ask('gil@example.org')
    const afterTaken = { ...world.work }
    const free = await ask('hal@example.org')
    expect(Object.keys(taken)).toEqual(Object.keys(free))
    expect([taken.kind, free.kind]).toEqual(['codeSent', 'codeSent'])
    expect(afterTaken.hashes - before.hashes).toBe(world.work.hashes - afterTaken.hashes)
    expect(await confirm(pendingOf(taken), '123456')).toEqual(await confirm(pendingOf(free), '123456'))
    expect((await world.mailsTo('gil@example.org')).map(({ subject }) => subject)).toEqual([
      'Tuppence: Your code to make your account',
      'Tuppence: Your account was made',
      'Tuppence: Somebody tried to make an account with your address, which has one already',
    ])
    expect((await world.eventsOf(accountId))[0]).toBe('signUpTried')
  })
})

describe('a code', () => {
  it('is good for five minutes', async () => {
    const inTime = pendingOf(await ask('ian@example.org'))
    world.clock.nowMs += 5 * minute - 1
    expect(await confirm(inTime, await world.codeTo('ian@example.org'))).toMatchObject({ kind: 'signedIn' })
    const tooLate = pendingOf(await ask('joy@example.org'))
    world.clock.nowMs += 5 * minute
    expect(await confirm(tooLate, await world.codeTo('joy@example.org'))).toEqual({ kind: 'wrong' })
  })

  it('is good for five tries, whoever makes them', async () => {
    const pending = pendingOf(await ask('kim@example.org'))
    const code = await world.codeTo('kim@example.org')
    for (let tries = 0; tries < 5; tries += 1) expect(await confirm(pending, wrongCode(code))).toEqual({ kind: 'wrong' })
    world.clock.nowMs += minute
    expect(await confirm(pending, code)).toEqual({ kind: 'wrong' })
  })

  it('of one sign-up is not spoiled by wrong ones for the same address in another', async () => {
    const stranger = { ...caller, ip: '198.51.100.9' }
    for (let round = 0; round < 3; round += 1) {
      const theirs = pendingOf(await ask('kit@example.org'))
      for (let tries = 0; tries < 5; tries += 1) await world.identity.confirmEmail({ pending: theirs, code: '000000' }, stranger)
    }
    const own = pendingOf(await ask('kit@example.org'))
    expect(await confirm(own, await world.codeTo('kit@example.org'))).toMatchObject({ kind: 'signedIn' })
  })

  it('is good once', async () => {
    const pending = pendingOf(await ask('lou@example.org'))
    const code = await world.codeTo('lou@example.org')
    expect(await confirm(pending, code)).toMatchObject({ kind: 'signedIn' })
    expect(await confirm(pending, code)).toEqual({ kind: 'wrong' })
  })

  it('is good once also where it comes ten times at once', async () => {
    const pending = pendingOf(await ask('meg@example.org'))
    const code = await world.codeTo('meg@example.org')
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(pending, code)))
    expect(answers.filter(({ kind }) => kind === 'signedIn')).toHaveLength(1)
  })

  it('is good for nothing but what it was sent for', async () => {
    const one = pendingOf(await ask('ned@example.org'))
    const code = await world.codeTo('ned@example.org')
    const other = pendingOf(await ask('ned@example.org'))
    expect(await confirm(other, code)).toEqual({ kind: 'wrong' })
    expect(await confirm(one, code)).toMatchObject({ kind: 'signedIn' })
  })

  it('can be sent again, more and more slowly, and the one before is good no more', async () => {
    const pending = pendingOf(await ask('oli@example.org'))
    const old = await world.codeTo('oli@example.org')
    expect(await world.identity.sendAgain({ pending }, caller)).toEqual({ kind: 'done' })
    const newest = await world.codeTo('oli@example.org')
    for (let sent = 2; sent < 5; sent += 1) expect(await world.identity.sendAgain({ pending }, caller)).toEqual({ kind: 'done' })
    expect(await world.identity.sendAgain({ pending }, caller)).toEqual({ kind: 'wait', waitMs: 30 * second })
    expect(await world.mailsTo('oli@example.org')).toHaveLength(5)
    expect(await confirm(pending, old)).toEqual({ kind: 'wrong' })
    expect(await confirm(pending, newest)).toEqual({ kind: 'wrong' })
    expect(await confirm(pending, await world.codeTo('oli@example.org'))).toMatchObject({ kind: 'signedIn' })
  })

  it('is kept as a keyed hash, beside an address that is one too', async () => {
    await ask('pat@example.org')
    const code = await world.codeTo('pat@example.org')
    const kept = JSON.stringify([await world.store.selectFrom('account_codes').selectAll().execute(), await world.store.selectFrom('account_tries').selectAll().execute()], (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
    expect(kept).not.toContain(code)
    expect(kept).not.toContain('pat@')
  })
})
