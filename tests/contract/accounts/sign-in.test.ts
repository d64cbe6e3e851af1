import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../src/gateway/accounts/identity.ts'
import { caller, goodPassword, hour, type IdentityWorld, minute, openIdentityWorld, pendingOf, second, sessionOf, wrongCode } from '../../support/identity-world.ts'

let world: IdentityWorld
beforeEach(async () => {
  world = await openIdentityWorld()
})
afterEach(() => world.close())

const email = 'ada@example.org'
const elsewhere: Caller = { ip: '198.51.100.9', userAgent: 'curl/8', language: 'en' }
const byPassword = async (password: string, from = caller, proof: string | null = null, address = email) => world.identity.signInWithPassword({ email: address, password, proof }, from)
const withProof = async (password: string, from = caller, address = email) => byPassword(password, from, await world.proof(from), address)
const byCode = async (from = caller, address = email) => world.identity.sendSignInCode({ email: address, proof: await world.proof(from) }, from)

describe('signing in', () => {
  it('takes password and code by e-mail, for an account without a second factor', async () => {
    const { session: before, accountId } = await world.signUp(email)
    const first = await byPassword(goodPassword)
    expect(first).toEqual({ kind: 'secondFactor', pending: pendingOf(first), ways: [{ method: 'email', destination: 'a…a@example.org' }] })
    const pending = pendingOf(first)
    expect(await world.identity.sendSecondFactorCode({ pending, method: 'email' }, caller)).toEqual({ kind: 'done' })
    const session = sessionOf(await world.identity.answerSecondFactor({ pending, method: 'email', code: await world.codeTo(email) }, caller))
    expect(session).not.toBe(before)
    expect((await world.eventsOf(accountId))[0]).toBe('signedIn')
    expect((await world.mailsTo(email)).at(-1)!.text).toMatch(/Somebody signed in.*\n\nWhen: 23 November 2026 at 09:00 UTC\nFrom: 203.0.113.7\nWith: Firefox on Linux/)
    expect(await world.identity.answerSecondFactor({ pending, method: 'email', code: await world.codeTo(email) }, caller)).toEqual({ kind: 'wrong' })
  })

  it('takes a code by e-mail alone, for an account without a second factor', async () => {
    await world.signUp(email)
    const pending = pendingOf(await byCode())
    expect(await world.identity.signInWithCode({ pending, code: await world.codeTo(email) }, caller)).toMatchObject({ kind: 'signedIn' })
    expect(await world.identity.signInWithCode({ pending, code: await world.codeTo(email) }, caller)).toEqual({ kind: 'wrong' })
  })

  it('keeps no session that can be read from the store, and makes a new one each time', async () => {
    const { session } = await world.signUp(email)
    const again = await world.signIn(email)
    const kept = await world.store.selectFrom('page_sessions').select('token_hash').execute()
    expect(kept).toHaveLength(2)
    expect(kept.map(({ token_hash }) => token_hash)).not.toContain(session)
    expect(again).not.toBe(session)
  })

  it('ends after half an hour without a page, after twelve hours anyway, and when it is signed out', async () => {
    const { session } = await world.signUp(email)
    world.clock.nowMs += 30 * minute - 1
    expect(await world.identity.session(session)).toMatchObject({ isFresh: false })
    world.clock.nowMs += 30 * minute
    expect(await world.identity.session(session)).toBeNull()
    const other = await world.signIn(email)
    for (let half = 0; half < 24; half += 1) {
      expect(await world.identity.session(other)).not.toBeNull()
      world.clock.nowMs += 30 * minute - 1
    }
    world.clock.nowMs += 24
    expect(await world.identity.session(other)).toBeNull()
    const last = await world.signIn(email)
    await world.identity.signOut(last, caller)
    expect(await world.identity.session(last)).toBeNull()
    expect([await world.identity.session(undefined), await world.identity.session('nothing')]).toEqual([null, null])
  })
})

describe('whoever tries at an account that is not theirs', () => {
  it('hears the same of a wrong password, an account without one, and an address that nobody has; as much work is done', async () => {
    await world.signUp(email)
    await world.signUp('bea@example.org', null)
    const answers = []
    for (const address of [email, 'bea@example.org', 'nobody@example.org']) {
      const before = world.work.comparisons
      answers.push([await byPassword('a wrong password', elsewhere, await world.proof(elsewhere), address), world.work.comparisons - before])
    }
    expect(answers).toEqual([[{ kind: 'wrong' }, 1], [{ kind: 'wrong' }, 1], [{ kind: 'wrong' }, 1]])
  })

  it('hears the same when a code is asked for, tried and tried too often', async () => {
    await world.signUp(email)
    const story = async (address: string, from: Caller) => {
      const sent = await byCode(from, address)
      const tries = []
      for (let count = 0; count < 6; count += 1) tries.push(await world.identity.signInWithCode({ pending: pendingOf(sent), code: '000000' }, from))
      const proofless = await world.identity.sendSignInCode({ email: address, proof: null }, from)
      return { kind: sent.kind, members: Object.keys(sent), length: pendingOf(sent).length, tries, proofless }
    }
    const known = await story(email, caller)
    expect(await story('nobody@example.org', elsewhere)).toEqual(known)
    expect(known.tries.slice(0, 5).map(({ kind }) => kind)).toEqual(Array<string>(5).fill('wrong'))
    expect(known.tries[5]).toEqual({ kind: 'wait', waitMs: 30 * second })
    expect(known.proofless).toEqual({ kind: 'proofWanted' })
    expect(await world.mailsTo('nobody@example.org')).toEqual([])
  })

  it('waits 30 seconds after five wrong passwords, then twice as long each time, up to a day, also through a restart', async () => {
    await world.signUp(email)
    for (let count = 0; count < 5; count += 1) expect(await withProof('a wrong password')).toEqual({ kind: 'wrong' })
    let wait = 30 * second
    for (let count = 0; count < 13; count += 1) {
      if (count % 6 === 0) world = await world.restart()
      expect(await withProof(goodPassword)).toEqual({ kind: 'wait', waitMs: wait })
      world.clock.nowMs += wait
      expect(await withProof('a wrong password')).toEqual({ kind: 'wrong' })
      wait = Math.min(2 * wait, 24 * hour)
    }
    expect(wait).toBe(24 * hour)
    world.clock.nowMs += wait
    expect(await withProof(goodPassword)).toMatchObject({ kind: 'secondFactor' })
    expect(await withProof('a wrong password')).toEqual({ kind: 'wrong' })
    expect(await withProof(goodPassword)).toMatchObject({ kind: 'secondFactor' })
  })

  it('gets no more tries by making many at once', async () => {
    await world.signUp(email)
    const proofs = await Promise.all(Array.from({ length: 12 }, () => world.proof()))
    const answers = await Promise.all(proofs.map((proof) => byPassword('a wrong password', caller, proof)))
    expect(answers.filter(({ kind }) => kind === 'wrong')).toHaveLength(5)
    expect(answers.filter(({ kind }) => kind === 'wait')).toHaveLength(7)
  })

  it('keeps nobody out who has another way in', async () => {
    await world.signUp(email)
    for (let count = 0; count < 6; count += 1) await withProof('a wrong password', elsewhere)
    const pending = pendingOf(await byCode())
    expect(await world.identity.signInWithCode({ pending, code: await world.codeTo(email) }, caller)).toMatchObject({ kind: 'signedIn' })
  })

  it('keeps no code from somebody who has shown one factor, by asking for codes and guessing at them', async () => {
    await world.signUp(email)
    const guess = (waiting: string) => world.identity.signInWithCode({ pending: waiting, code: '000000' }, elsewhere)
    const sent = []
    for (let count = 0; count < 5; count += 1) sent.push(pendingOf(await byCode(elsewhere)))
    for (const waiting of sent) expect(await guess(waiting)).toEqual({ kind: 'wrong' })
    expect(await byCode(elsewhere)).toEqual({ kind: 'wait', waitMs: 30 * second })
    const pending = pendingOf(await withProof(goodPassword))
    expect(await world.identity.sendSecondFactorCode({ pending, method: 'email' }, caller)).toEqual({ kind: 'done' })
    expect(await world.identity.answerSecondFactor({ pending, method: 'email', code: await world.codeTo(email) }, caller)).toMatchObject({ kind: 'signedIn' })
  })

  it('keeps the code of nobody who asked for one themselves, and is told to the owner as what it is', async () => {
    const { accountId } = await world.signUp(email)
    const theirs = pendingOf(await byCode(elsewhere))
    for (let count = 0; count < 5; count += 1) expect(await world.identity.signInWithCode({ pending: theirs, code: wrongCode(await world.codeTo(email)) }, elsewhere)).toEqual({ kind: 'wrong' })
    expect(await world.identity.signInWithCode({ pending: theirs, code: await world.codeTo(email) }, elsewhere)).toEqual({ kind: 'wait', waitMs: 30 * second })
    expect(await world.eventsOf(accountId)).toEqual([...Array<string>(5).fill('signInFailed'), 'accountCreated'])
    const pending = pendingOf(await byCode())
    expect(await world.identity.signInWithCode({ pending, code: await world.codeTo(email) }, caller)).toMatchObject({ kind: 'signedIn' })
  })

  it('needs a proof of work after three failures, of the account from anywhere and of the address with any account', async () => {
    await world.signUp(email)
    await world.signUp('bea@example.org')
    for (let count = 0; count < 3; count += 1) expect(await byPassword('a wrong password', elsewhere)).toEqual({ kind: 'wrong' })
    expect(await byPassword(goodPassword)).toEqual({ kind: 'proofWanted' })
    expect(await byPassword(goodPassword, elsewhere, null, 'bea@example.org')).toEqual({ kind: 'proofWanted' })
    expect(await byPassword(goodPassword, caller, null, 'bea@example.org')).toMatchObject({ kind: 'secondFactor' })
    expect(await withProof(goodPassword)).toMatchObject({ kind: 'secondFactor' })
  })

  it('is held up where very much is tried from one address, and from the block of 64 bits that IPv6 gives to one', async () => {
    const from = (host: number): Caller => ({ ...elsewhere, ip: `2001:db8:1:2:${host.toString(16)}::1` })
    await Promise.all(Array.from({ length: 200 }, (_, host) => world.identity.confirmEmail({ pending: 'nothing', code: '000000' }, from(host))))
    expect(await world.identity.confirmEmail({ pending: 'nothing', code: '000000' }, from(999))).toMatchObject({ kind: 'wait' })
    expect(await world.identity.confirmEmail({ pending: 'nothing', code: '000000' }, elsewhere)).toEqual({ kind: 'wrong' })
    world.clock.nowMs += 10 * minute
    expect(await world.identity.confirmEmail({ pending: 'nothing', code: '000000' }, from(999))).toEqual({ kind: 'wrong' })
  })

  it('is told of to the owner: each failure in their list and by mail, with where it came from', async () => {
    const { accountId } = await world.signUp(email)
    for (let count = 0; count < 5; count += 1) await withProof('a wrong password', elsewhere)
    expect(await world.eventsOf(accountId)).toEqual(['lockedOut', ...Array<string>(4).fill('signInFailed'), 'accountCreated'])
    const mails = await world.mailsTo(email)
    expect(mails.map(({ subject }) => subject).slice(-2)).toEqual(['Tuppence: Somebody could not sign in to your account', 'Tuppence: Too many wrong tries: your account takes no more for a while'])
    expect(mails.at(-1)!.text).toContain('From: 198.51.100.9\nWith: a program that we do not know')
    expect((await world.identity.events(accountId))[0]).toEqual({ at: '2026-11-23T09:00:00.000Z', kind: 'lockedOut', ip: '198.51.100.9', userAgent: 'curl/8' })
  })
})

describe('the lock-out of one way', () => {
  it('is not lifted by another way that was right', async () => {
    await world.signUp(email)
    const pending = pendingOf(await byPassword(goodPassword))
    await world.identity.sendSecondFactorCode({ pending, method: 'email' }, caller)
    const code = await world.codeTo(email)
    for (let count = 0; count < 5; count += 1) await world.identity.answerSecondFactor({ pending, method: 'email', code: wrongCode(code) }, caller)
    const again = pendingOf(await withProof(goodPassword))
    await world.identity.sendSecondFactorCode({ pending: again, method: 'email' }, caller)
    expect(await world.identity.answerSecondFactor({ pending: again, method: 'email', code: await world.codeTo(email) }, caller)).toEqual({ kind: 'wait', waitMs: 30 * second })
  })

  it('is forgotten after two days of quiet', async () => {
    await world.signUp(email)
    for (let count = 0; count < 5; count += 1) await withProof('a wrong password')
    world.clock.nowMs += 48 * hour + 1
    for (let count = 0; count < 4; count += 1) expect(await withProof('a wrong password')).toEqual({ kind: 'wrong' })
    expect(await withProof(goodPassword)).toMatchObject({ kind: 'secondFactor' })
  })
})
