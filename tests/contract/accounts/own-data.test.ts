import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller, SecurityEventKind } from '../../../src/gateway/accounts/identity.ts'
import { eventLetter } from '../../../src/gateway/accounts/letters.ts'
import { caller, goodPassword, type IdentityWorld, openIdentityWorld, second, wrongCode } from '../../support/identity-world.ts'

let world: IdentityWorld
beforeEach(async () => {
  world = await openIdentityWorld({ parts: { keptElsewhere: async (accountId) => ({ devices: [{ name: `of ${accountId}` }] }) } })
})
afterEach(() => world.close())

const email = 'ada@example.org'
const ofAccount = async (accountId: string) => {
  const tables = ['account_passwords', 'account_settings', 'account_recovery_codes', 'account_passkeys', 'page_sessions', 'account_events', 'account_pending'] as const
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const owner = table === 'account_passwords' ? 'user_id' : 'account_id'
    counts[table] = (await world.store.selectFrom(table).selectAll().where(owner as 'account_id', '=', accountId).execute()).length
  }
  return counts
}

describe('what is kept of an account', () => {
  it('is given to its owner whole: what it is, what happened, and what other parts know', async () => {
    const { session, accountId } = await world.signUp(email)
    const { secret, recoveryCodes } = await world.addTotp(session)
    await world.identity.setDisplayName(session, 'Ada', caller)
    const data = JSON.parse(JSON.stringify(await world.identity.download(session, caller))) as Record<string, unknown>
    expect(data).toMatchObject({
      account: { accountId, email, displayName: 'Ada', createdAt: '2026-11-23T09:00:00.000Z', hasPassword: true, secondFactors: ['totp'], phone: null, recoveryCodesLeft: 10, passkeys: [], stepUpAboveCents: 2000, language: 'en' },
      devices: [{ name: `of ${accountId}` }],
    })
    expect((data['securityEvents'] as { kind: string }[]).map(({ kind }) => kind)).toEqual(['dataDownloaded', 'nameChanged', 'secondFactorAdded', 'accountCreated'])
    for (const hidden of [secret, recoveryCodes[0]!, '$argon2id$', session]) expect(JSON.stringify(data)).not.toContain(hidden)
  })

  it('goes with the account, devices first, and its owner is told; the address is free again', async () => {
    const { session, accountId } = await world.signUp(email)
    const other = await world.signUp('bea@example.org')
    await world.addTotp(session)
    await world.identity.requestReset({ email, proof: await world.proof() }, caller)
    await world.messages()
    for (const count of Object.values({ ...(await ofAccount(accountId)), account_passkeys: 1 })) expect(count).toBeGreaterThan(0)
    expect(await world.identity.deleteAccount(session, caller)).toEqual({ kind: 'done' })
    expect((await world.mailsTo(email)).at(-1)!.subject).toBe('Tuppence: Your account was deleted')
    expect(world.signedOut).toEqual([accountId])
    expect(Object.values(await ofAccount(accountId))).toEqual(Array<number>(7).fill(0))
    expect([await world.identity.account(accountId), await world.identity.session(session)]).toEqual([null, null])
    expect(await world.identity.signInWithPassword({ email, password: goodPassword, proof: null }, caller)).toEqual({ kind: 'wrong' })
    const again = await world.signUp(email)
    expect(again.accountId).not.toBe(accountId)
    expect((await world.identity.session(other.session))!.account.email).toBe('bea@example.org')
  })
})

describe('a code for a step-up', () => {
  const purpose = 'a digest of what was shown'

  it('is right once, for what it was sent for, by the way that it was sent', async () => {
    const { accountId } = await world.signUp(email)
    expect(await world.identity.codeWays(accountId)).toEqual([{ method: 'email', destination: 'a…a@example.org' }])
    expect(await world.identity.sendCode(accountId, 'email', purpose, caller)).toEqual({ kind: 'done' })
    expect((await world.mailsTo(email)).at(-1)!.subject).toBe('Tuppence: Your code to confirm what the window of Tuppence shows')
    const code = await world.codeTo(email)
    const check = (method: 'email' | 'sms', of: string) => world.identity.checkCode(accountId, { method, code, purpose: of }, caller)
    expect(await check('email', 'another digest')).toEqual({ kind: 'wrong' })
    expect(await check('sms', purpose)).toEqual({ kind: 'wrong' })
    expect(await check('email', purpose)).toEqual({ kind: 'done' })
    expect(await check('email', purpose)).toEqual({ kind: 'wrong' })
  })

  it('is asked of the best way first, and wrong ones lock the account’s way, on the pages as well', async () => {
    const { session, accountId } = await world.signUp(email)
    const { secret, recoveryCodes } = await world.addTotp(session)
    expect((await world.identity.codeWays(accountId)).map(({ method }) => method)).toEqual(['totp', 'recovery'])
    expect(await world.identity.sendCode(accountId, 'email', purpose, caller)).toEqual({ kind: 'wrong' })
    expect(await world.identity.checkCode(accountId, { method: 'email', code: '000000', purpose }, caller)).toEqual({ kind: 'wrong' })
    const check = (method: 'totp' | 'recovery', code: string) => world.identity.checkCode(accountId, { method, code, purpose }, caller)
    expect(await check('recovery', recoveryCodes[0]!)).toEqual({ kind: 'done' })
    expect(await check('totp', world.totpNow(secret, 1))).toEqual({ kind: 'done' })
    for (let count = 0; count < 5; count += 1) expect(await check('totp', wrongCode(world.totpNow(secret)))).toEqual({ kind: 'wrong' })
    expect(await check('totp', world.totpNow(secret, 1))).toEqual({ kind: 'wait', waitMs: 30 * second })
    expect(await world.eventsOf(accountId)).toEqual(['lockedOut', 'recoveryCodeUsed', 'secondFactorAdded', 'accountCreated'])
  })

  it('is none for an account that is not there', async () => {
    expect(await world.identity.codeWays('nobody')).toEqual([])
    expect(await world.identity.sendCode('nobody', 'email', purpose, caller)).toEqual({ kind: 'wrong' })
    expect(await world.identity.checkCode('nobody', { method: 'email', code: '000000', purpose }, caller)).toEqual({ kind: 'wrong' })
    expect(await world.identity.record('nobody', 'signedIn', caller)).toBeUndefined()
  })
})

describe('a mail about what happened', () => {
  const kinds: readonly SecurityEventKind[] = [
    ...(['accountCreated', 'signedIn', 'signInFailed', 'lockedOut', 'signedOut', 'signedOutEverywhere', 'deviceSignedIn', 'deviceSignedOut', 'deviceDenied'] as const),
    ...(['tokenReused', 'passwordChanged', 'passwordReset', 'resetRequested', 'secondFactorAdded', 'secondFactorRemoved', 'passkeyAdded', 'passkeyRemoved'] as const),
    ...(['recoveryCodesMade', 'recoveryCodeUsed', 'stepUpGiven', 'stepUpFailed', 'stepUpAmountChanged', 'nameChanged', 'dataDownloaded', 'accountDeleted'] as const),
    ...(['signUpTried', 'messageNotSent'] as const),
  ]
  const stranger: Caller = { ip: '198.51.100.9', userAgent: 'Call +1 555 0100 NOW https://evil.example Firefox/1', language: 'en' }
  const occasion = { atMs: Date.parse('2026-11-23T09:00:00Z'), caller: stranger, origin: 'https://accounts.example.org' }

  it.each(['en', 'de'] as const)('says in %s what happened, when, from where and what to do, with no link but to the account and nothing a stranger wrote', (language) => {
    for (const kind of kinds) {
      const { subject, text } = eventLetter(email, kind, language, occasion)
      const [what, circumstances, advice] = text.split('\n\n')
      expect(subject).toBe(`Tuppence: ${what!.slice(0, -1)}`)
      expect(circumstances).toMatch(language === 'de' ? /^Wann: 23\. November 2026 um 09:00 UTC\nVon: 198\.51\.100\.9\nMit: Firefox$/ : /^When: 23 November 2026 at 09:00 UTC\nFrom: 198\.51\.100\.9\nWith: Firefox$/)
      expect(advice).toMatch(language === 'de' ? /^Wenn du das nicht warst|^Melde dich dort neu an/ : /^If it was not you|^Sign in on it again/)
      expect(text).not.toMatch(/evil|555|token|\{/)
      for (const link of text.match(/https?:\S+/g) ?? []) expect(link).toMatch(/^https:\/\/accounts\.example\.org\/account,?$/)
    }
  })

  it('never says that somebody got in where nobody did', () => {
    for (const kind of ['signedOut', 'deviceDenied', 'signInFailed', 'lockedOut', 'resetRequested', 'signUpTried'] as const) expect(eventLetter(email, kind, 'en', occasion).text).toContain('nobody got in')
  })

  it('goes to the address in the language in which its owner last signed in', async () => {
    const { accountId } = await world.signUp(email)
    await world.identity.signInWithPassword({ email, password: goodPassword, proof: null }, { ...caller, language: 'de' })
    await world.identity.record(accountId, 'deviceDenied', { ...caller, language: 'de' })
    expect((await world.mailsTo(email)).at(-1)!.subject).toBe('Tuppence: A device was not let into your account')
    const sent = await world.identity.sendSignInCode({ email, proof: await world.proof() }, { ...caller, language: 'de' })
    expect((await world.mailsTo(email)).at(-1)!.subject).toBe('Tuppence: Dein Code zum Anmelden')
    await world.identity.signInWithCode({ pending: (sent as { pending: string }).pending, code: await world.codeTo(email) }, { ...caller, language: 'de' })
    expect((await world.mailsTo(email)).at(-1)!.subject).toBe('Tuppence: Jemand hat sich in deinem Konto angemeldet')
  })
})
