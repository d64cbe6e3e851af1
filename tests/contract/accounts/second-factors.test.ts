import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SecondFactorWanted } from '../../../src/gateway/accounts/identity.ts'
import { caller, goodPassword, type IdentityWorld, minute, openIdentityWorld, pendingOf, second, sessionOf } from '../../support/identity-world.ts'
import { createSoftwarePasskey } from '../../support/software-passkey.ts'

let world: IdentityWorld
beforeEach(async () => {
  world = await openIdentityWorld()
})
afterEach(() => world.close())

const email = 'ada@example.org'
const phone = '+4915112345678'
const site = 'https://accounts.example.org'
const byPassword = async () => (await world.identity.signInWithPassword({ email, password: goodPassword, proof: await world.proof() }, caller)) as SecondFactorWanted
async function byCode() {
  const pending = pendingOf(await world.identity.sendSignInCode({ email, proof: await world.proof() }, caller))
  return (await world.identity.signInWithCode({ pending, code: await world.codeTo(email) }, caller)) as SecondFactorWanted
}
const methods = ({ ways }: SecondFactorWanted) => ways.map(({ method }) => method)
const answer = (pending: string, method: 'totp' | 'sms' | 'email' | 'recovery', code: string) => world.identity.answerSecondFactor({ pending, method, code }, caller)

async function addPhone(session: string) {
  const pending = pendingOf((await world.identity.beginPhone(session, phone, caller)) as { kind: string })
  return world.identity.confirmPhone(session, { pending, code: await world.codeTo(phone) }, caller)
}
async function addPasskey(session: string, passkey = createSoftwarePasskey(site)) {
  const begun = await world.identity.beginPasskey(session)
  if (!('ceremony' in begun)) return expect.fail('not fresh')
  const response = passkey.create(begun.options)
  return { passkey, result: await world.identity.confirmPasskey(session, { ceremony: begun.ceremony, response, name: 'My phone' }, caller) }
}

describe('an account with an authenticator app', () => {
  it('is signed in to by a code of it after a password or a code by e-mail, each code once', async () => {
    const { session, accountId } = await world.signUp(email)
    const { secret, recoveryCodes } = await world.addTotp(session)
    expect(recoveryCodes).toHaveLength(10)
    expect((await world.eventsOf(accountId))[0]).toBe('secondFactorAdded')
    world.clock.nowMs += minute
    const code = world.totpNow(secret)
    expect(await answer((await byPassword()).pending, 'totp', code)).toMatchObject({ kind: 'signedIn' })
    expect(await answer((await byPassword()).pending, 'totp', code)).toEqual({ kind: 'wrong' })
    expect(await answer((await byCode()).pending, 'totp', world.totpNow(secret, 1))).toMatchObject({ kind: 'signedIn' })
    expect(await answer((await byPassword()).pending, 'totp', world.totpNow(secret, 2))).toEqual({ kind: 'wrong' })
  })

  it('takes no code by e-mail in its place, neither after a password nor after a code by e-mail', async () => {
    const { session } = await world.signUp(email)
    await world.addTotp(session)
    for (const { pending, ways } of [await byPassword(), await byCode()]) {
      expect(ways).toEqual([{ method: 'totp' }, { method: 'recovery' }])
      expect(await world.identity.sendSecondFactorCode({ pending, method: 'email' }, caller)).toEqual({ kind: 'wrong' })
      expect(await answer(pending, 'email', '000000')).toEqual({ kind: 'wrong' })
    }
  })

  it('keeps its secret sealed', async () => {
    const { session, accountId } = await world.signUp(email)
    const { secret } = await world.addTotp(session)
    const { totp_secret } = await world.store.selectFrom('account_settings').select('totp_secret').where('account_id', '=', accountId).executeTakeFirstOrThrow()
    expect(totp_secret).not.toContain(secret)
    expect(totp_secret!.length).toBeGreaterThan(40)
  })

  it('is not enrolled before its first code was right', async () => {
    const { session } = await world.signUp(email)
    const begun = (await world.identity.beginTotp(session)) as { secret: string; uri: string }
    expect(begun.uri).toBe(`otpauth://totp/Tuppence:${encodeURIComponent(email)}?issuer=Tuppence&secret=${begun.secret}&algorithm=SHA1&digits=6&period=30`)
    expect(await world.identity.confirmTotp(session, world.totpNow(begun.secret, 20), caller)).toEqual({ kind: 'wrong' })
    expect((await world.identity.session(session))!.account.secondFactors).toEqual([])
  })

  it('asks for a code anew of somebody who has guessed five times', async () => {
    const { session } = await world.signUp(email)
    const { secret } = await world.addTotp(session)
    const { pending } = await byPassword()
    for (let count = 0; count < 5; count += 1) expect(await answer(pending, 'totp', world.totpNow(secret, 20 + count))).toEqual({ kind: 'wrong' })
    expect(await answer(pending, 'totp', world.totpNow(secret, 1))).toEqual({ kind: 'wait', waitMs: 30 * second })
  })
})

describe('recovery codes', () => {
  it('are each good once, are told of, and are made anew', async () => {
    const { session, accountId } = await world.signUp(email)
    const { recoveryCodes } = await world.addTotp(session)
    const [first, other] = recoveryCodes as [string, string]
    expect(first).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
    expect(await answer((await byPassword()).pending, 'recovery', first.toUpperCase())).toMatchObject({ kind: 'signedIn' })
    expect(await answer((await byPassword()).pending, 'recovery', first)).toEqual({ kind: 'wrong' })
    expect((await world.eventsOf(accountId)).slice(0, 3)).toEqual(['signInFailed', 'signedIn', 'recoveryCodeUsed'])
    expect((await world.identity.session(session))!.account.recoveryCodesLeft).toBe(9)
    const made = (await world.identity.newRecoveryCodes(session, caller)) as { recoveryCodes: readonly string[] }
    expect(await answer((await byPassword()).pending, 'recovery', other)).toEqual({ kind: 'wrong' })
    expect(await answer((await byPassword()).pending, 'recovery', made.recoveryCodes[0]!)).toMatchObject({ kind: 'signedIn' })
  })

  it('come with the first second factor alone, and go with the last', async () => {
    const { session } = await world.signUp(email)
    await world.addTotp(session)
    expect(await addPhone(session)).toEqual({ kind: 'added', recoveryCodes: [] })
    await world.identity.removeTotp(session, caller)
    expect((await world.identity.session(session))!.account).toMatchObject({ secondFactors: ['sms'], recoveryCodesLeft: 10 })
    await world.identity.removePhone(session, caller)
    expect((await world.identity.session(session))!.account).toMatchObject({ secondFactors: [], recoveryCodesLeft: 0, phone: null })
  })
})

describe('a phone', () => {
  it('is asked for its code once it was added, and only its own code counts', async () => {
    const { session } = await world.signUp(email)
    await addPhone(session)
    const wanted = await byPassword()
    expect(wanted.ways).toEqual([{ method: 'sms', destination: '…78' }, { method: 'recovery' }])
    await world.identity.sendSecondFactorCode({ pending: wanted.pending, method: 'sms' }, caller)
    expect((await world.messages()).findLast(({ kind }) => kind === 'text')).toMatchObject({ to: phone, text: expect.stringMatching(/^\d{6} is your Tuppence code to finish signing in\. Good for 5 minutes\. Give it to nobody\.$/) as string })
    expect(await answer(wanted.pending, 'sms', await world.codeTo(phone))).toMatchObject({ kind: 'signedIn' })
  })

  it('has a number in the form of E.164', async () => {
    const { session } = await world.signUp(email)
    for (const wrong of ['015112345678', '+0151', '+49 151 123', 'no', '+491511234567890123']) expect(await world.identity.beginPhone(session, wrong, caller)).toEqual({ kind: 'wrong' })
  })
})

describe('a passkey', () => {
  it('signs in alone, once its holder was verified', async () => {
    const { session } = await world.signUp(email, null)
    const { passkey, result } = await addPasskey(session)
    expect(result).toMatchObject({ kind: 'added', recoveryCodes: expect.arrayContaining([expect.any(String)]) as string[] })
    const asked = await world.identity.passkeyRequest(null)
    expect(asked.options).toMatchObject({ rpId: 'accounts.example.org', userVerification: 'required' })
    expect(asked.options).not.toHaveProperty('allowCredentials.0')
    const response = passkey.get(asked.options)
    const signedIn = await world.identity.signInWithPasskey({ ceremony: asked.ceremony, response, pending: null }, caller)
    expect(await world.identity.session(sessionOf(signedIn))).toMatchObject({ isFresh: true, account: { email, passkeys: [{ passkeyId: passkey.id, name: 'My phone' }] } })
    expect(await world.identity.signInWithPasskey({ ceremony: asked.ceremony, response, pending: null }, caller)).toEqual({ kind: 'wrong' })
  })

  it('is refused without verification, from another site, with another key, or from a copy that fell behind', async () => {
    const { session } = await world.signUp(email)
    const { passkey } = await addPasskey(session)
    const attempt = async (bend: Parameters<typeof passkey.get>[1], from = passkey) => {
      const { ceremony, options } = await world.identity.passkeyRequest(null)
      return world.identity.signInWithPasskey({ ceremony, response: from.get(options, bend), pending: null }, caller)
    }
    expect(await attempt({ counter: 9 })).toMatchObject({ kind: 'signedIn' })
    expect(await attempt({ isUserVerified: false, counter: 20 })).toEqual({ kind: 'wrong' })
    expect(await attempt({ origin: 'https://accounts.example.org.evil.example', counter: 21 })).toEqual({ kind: 'wrong' })
    expect(await attempt({ rpId: 'evil.example', counter: 22 })).toEqual({ kind: 'wrong' })
    expect(await attempt({ counter: 8 })).toEqual({ kind: 'wrong' })
    const thief = createSoftwarePasskey(site)
    expect(await attempt({ counter: 23 }, { ...thief, get: (asked, bend) => ({ ...thief.get(asked, bend), id: passkey.id, rawId: passkey.id }) })).toEqual({ kind: 'wrong' })
    expect(await attempt({ counter: 24 })).toMatchObject({ kind: 'signedIn' })
  })

  it('is a second factor of its own account alone', async () => {
    const { session } = await world.signUp(email)
    const { passkey } = await addPasskey(session)
    const other = await world.signUp('bea@example.org')
    const { passkey: strange } = await addPasskey(other.session)
    const { pending, ways } = await byCode()
    expect(ways).toEqual([{ method: 'passkey' }, { method: 'recovery' }])
    const attempt = async (from: typeof passkey, given: string | null) => {
      const { ceremony, options } = await world.identity.passkeyRequest(pending)
      expect(options).toMatchObject({ allowCredentials: [{ id: passkey.id }] })
      return world.identity.signInWithPasskey({ ceremony, response: from.get(options, { isUserVerified: false }), pending: given }, caller)
    }
    expect(await attempt(strange, pending)).toEqual({ kind: 'wrong' })
    // Of one that was asked for as a second factor nobody makes a whole sign-in.
    expect(await attempt(passkey, null)).toEqual({ kind: 'wrong' })
    expect(await attempt(passkey, pending)).toMatchObject({ kind: 'signedIn' })
    expect(await attempt(passkey, pending).catch(() => 'gone')).toBe('gone')
  })

  it('alone lets a step-up be given by e-mail, because the window of a device cannot ask for it; on the pages nothing but it is taken', async () => {
    const { session, accountId } = await world.signUp(email)
    await addPasskey(session)
    expect(methods(await byPassword())).toEqual(['passkey', 'recovery'])
    expect((await world.identity.codeWays(accountId)).map(({ method }) => method)).toEqual(['email', 'recovery'])
    expect(await world.identity.sendCode(accountId, 'email', 'a digest', caller)).toEqual({ kind: 'done' })
    expect(await world.identity.checkCode(accountId, { method: 'email', code: await world.codeTo(email), purpose: 'a digest' }, caller)).toEqual({ kind: 'done' })
    await world.addTotp(session)
    expect((await world.identity.codeWays(accountId)).map(({ method }) => method)).toEqual(['totp', 'recovery'])
  })

  it('belongs to one account, and is removed by nobody else', async () => {
    const { session } = await world.signUp(email)
    const { passkey } = await addPasskey(session)
    const other = await world.signUp('bea@example.org')
    expect((await addPasskey(other.session, passkey)).result).toEqual({ kind: 'wrong' })
    await world.identity.removePasskey(other.session, passkey.id, caller)
    expect((await world.identity.session(session))!.account.passkeys).toHaveLength(1)
    expect(await world.identity.removePasskey(session, passkey.id, caller)).toEqual({ kind: 'done' })
    expect((await world.identity.session(session))!.account).toMatchObject({ passkeys: [], secondFactors: [], recoveryCodesLeft: 0 })
  })
})

describe('whoever is signed in', () => {
  it('changes factors, password and the amount of the step-up only within ten minutes of showing both', async () => {
    const { session } = await world.signUp(email)
    const { recoveryCodes } = await world.addTotp(session)
    world.clock.nowMs += 10 * minute
    const notFresh = { kind: 'notFresh' }
    const { identity } = world
    const answers = [
      await identity.setPassword(session, 'another good set of words', caller),
      await identity.beginTotp(session),
      await identity.confirmTotp(session, '000000', caller),
      await identity.removeTotp(session, caller),
      await identity.newRecoveryCodes(session, caller),
      await identity.beginPhone(session, phone, caller),
      await identity.confirmPhone(session, { pending: 'x', code: '000000' }, caller),
      await identity.removePhone(session, caller),
      await identity.beginPasskey(session),
      await identity.confirmPasskey(session, { ceremony: 'x', response: {}, name: 'x' }, caller),
      await identity.removePasskey(session, 'x', caller),
      await identity.setStepUpAbove(session, 2001n, caller),
      await identity.download(session, caller),
      await identity.deleteAccount(session, caller),
    ]
    expect(answers).toEqual(answers.map(() => notFresh))
    expect(await identity.setStepUpAbove(session, 500n, caller)).toEqual({ kind: 'done' })
    expect(await identity.setDisplayName(session, 'Ada of the Keys', caller)).toEqual({ kind: 'done' })
    expect(await identity.session(session)).toMatchObject({ account: { displayName: 'Ada of the Keys', stepUpAboveCents: 500n, secondFactors: ['totp'] } })

    const again = (await identity.refresh(session, { password: goodPassword }, caller)) as SecondFactorWanted
    expect(again.kind).toBe('secondFactor')
    const fresh = sessionOf(await answer(again.pending, 'recovery', recoveryCodes[0]!))
    expect(await identity.session(session)).toBeNull()
    expect(await identity.session(fresh)).toMatchObject({ isFresh: true })
    expect(await identity.setStepUpAbove(fresh, 5000n, caller)).toEqual({ kind: 'done' })
  })

  it('changes the password, which ends their other sessions, and sign-ins that have begun with the old one', async () => {
    const { session } = await world.signUp(email)
    const other = await world.signIn(email)
    const begun = await byPassword()
    expect(await world.identity.setPassword(session, email, caller)).toMatchObject({ kind: 'weakPassword' })
    expect(await world.identity.setPassword(session, 'another good set of words', caller)).toEqual({ kind: 'done' })
    expect([await world.identity.session(other), (await world.identity.session(session))?.account.email]).toEqual([null, email])
    expect(await world.identity.sendSecondFactorCode({ pending: begun.pending, method: 'email' }, caller)).toEqual({ kind: 'wrong' })
    expect(await world.identity.signInWithPassword({ email, password: goodPassword, proof: null }, caller)).toEqual({ kind: 'wrong' })
    expect(await world.identity.signInWithPassword({ email, password: 'another good set of words', proof: null }, caller)).toMatchObject({ kind: 'secondFactor' })
  })
})
