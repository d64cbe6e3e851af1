import { describe, expect, it } from 'vitest'
import { createSigningInWorld } from '../../support/signing-in-world.ts'
import { accessLifeMs, unreachable } from '../../support/fake-account-gateway.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'

async function signedIn() {
  const world = createSigningInWorld()
  await world.signIn()
  world.vault.calls.length = 0
  world.gateway.calls.length = 0
  return world
}
const refreshes = ({ gateway }: { readonly gateway: { readonly calls: readonly string[] } }) => gateway.calls.filter((call) => call === 'refresh').length

describe('the access token', () => {
  it('is none while nobody is signed in', async () => {
    const { account } = createSigningInWorld()
    expect(await account.session.accessToken()).toBeNull()
  })

  it('is one until shortly before its end, and then another', async () => {
    const world = await signedIn()
    const first = await world.account.session.accessToken()
    world.clock.advance(accessLifeMs - 20_001)
    expect(await world.account.session.accessToken()).toBe(first)
    world.clock.advance(1)
    const second = await world.account.session.accessToken()
    expect(second).not.toBe(first)
    expect([refreshes(world), world.gateway.sessionOf(second)?.isOver]).toEqual([1, false])
  })

  it('is renewed after the computer slept, and after its clock was set', async () => {
    const world = await signedIn()
    const tokens = [await world.account.session.accessToken()]
    world.clock.suspend(accessLifeMs)
    tokens.push(await world.account.session.accessToken())
    world.clock.set(world.clock.now() - 86_400_000)
    world.clock.advance(accessLifeMs)
    tokens.push(await world.account.session.accessToken())
    expect(new Set(tokens).size).toBe(3)
  })

  it('is renewed once for all who want it at the same time', async () => {
    const world = await signedIn()
    const refused = await world.account.session.accessToken()
    world.clock.advance(accessLifeMs)
    const { accessToken, renewed } = world.account.session
    const all = await Promise.all([accessToken(), accessToken(), renewed(refused!), accessToken()])
    expect([new Set(all).size, refreshes(world)]).toEqual([1, 1])
    expect(await renewed(refused!)).toBe(all[0])
    expect(refreshes(world)).toBe(1)
  })

  it('P6 is used only once the refresh token that came with it is in the keychain', async () => {
    const world = await signedIn()
    world.clock.advance(accessLifeMs)
    const release = world.vault.holdWrites()
    let token: string | null | undefined
    void world.account.session.accessToken().then((given) => (token = given))
    await world.settled()
    expect([token, refreshes(world)]).toEqual([undefined, 1])
    release()
    await world.until(() => token !== undefined)
    expect(world.kept()?.session?.refreshToken).toBe(world.gateway.sessions[0]?.refreshTokens.at(-1))
  })

  it('P6 is none where the keychain does not take the new refresh token; the one before stays, and is what is tried again', async () => {
    const world = await signedIn()
    const before = world.kept()?.session?.refreshToken
    world.clock.advance(accessLifeMs)
    world.vault.fail('locked', { operation: 'set' })
    // As the gateway has it: what was never used does not end what came before.
    world.gateway.sessions[0]!.refreshTokens.push = () => 0
    await expect(world.account.session.accessToken()).rejects.toEqual(new VaultError('locked'))
    expect(world.kept()?.session?.refreshToken).toBe(before)
    world.vault.recover()
    expect(await world.account.session.accessToken()).not.toBeNull()
  })

  it('survives that the gateway is away: the sign-in stays, and the token comes when it is back', async () => {
    const world = await signedIn()
    world.clock.advance(accessLifeMs)
    world.gateway.fail(unreachable)
    await expect(world.account.session.accessToken()).rejects.toMatchObject({ problem: unreachable })
    expect((await world.view()).kind).toBe('signedIn')
    world.gateway.fail(null)
    expect(await world.account.session.accessToken()).not.toBeNull()
  })

  it('comes again after a restart, with what the keychain holds', async () => {
    const before = await signedIn()
    const world = createSigningInWorld({ secrets: before.vault.secrets, gateway: before.gateway })
    expect(before.gateway.sessionOf(await world.account.session.accessToken())).toBe(before.gateway.sessions[0])
    expect(await world.view()).toMatchObject({ kind: 'signedIn', displayName: 'Robin' })
  })

  it('is none where the keychain holds what this app did not write', async () => {
    const world = createSigningInWorld({ secrets: new Map([['session', '{"session":{"refreshToken":"x"}}']]) })
    expect([await world.account.session.accessToken(), (await world.view()).kind]).toEqual([null, 'signedOut'])
  })

  it('is asked of the keychain again where that was locked', async () => {
    const before = await signedIn()
    const world = createSigningInWorld({ secrets: before.vault.secrets, gateway: before.gateway })
    world.vault.fail('locked', { times: 2 })
    await expect(world.account.session.accessToken()).rejects.toThrow(VaultError)
    expect(await world.view()).toEqual({ kind: 'unavailable' })
    expect(await world.account.session.accessToken()).not.toBeNull()
  })
})

describe('a sign-in that the gateway has ended', () => {
  it('is over at the next renewal: nobody is signed in, the person is told why, and nothing is kept', async () => {
    const world = await signedIn()
    const refused = await world.account.session.accessToken()
    world.gateway.endElsewhere()
    expect(await world.account.session.renewed(refused!)).toBeNull()
    expect([await world.view(), world.kept()]).toEqual([{ kind: 'signedOut', isNeeded: false, ended: 'signedOutElsewhere' }, null])
    expect(world.told.at(-1)).toMatchObject({ ended: 'signedOutElsewhere' })
    expect([await world.account.session.accessToken(), refreshes(world)]).toEqual([null, 1])
  })

  it('is over where not even a renewed token is taken', async () => {
    const world = await signedIn()
    const token = await world.account.session.accessToken()
    await world.account.session.over('one from before')
    expect((await world.view()).kind).toBe('signedIn')
    await world.account.session.over(token!)
    expect(await world.view()).toMatchObject({ kind: 'signedOut', ended: 'signedOutElsewhere' })
  })
})

describe('signing out', () => {
  it('forgets here and tells the gateway', async () => {
    const world = await signedIn()
    expect(await world.calls.signOut()).toEqual({ kind: 'signedOut', isNeeded: false, ended: null })
    await world.until(() => world.gateway.sessions[0]?.isOver === true)
    await world.settled()
    expect([world.kept(), world.counts.closed, await world.account.session.accessToken()]).toEqual([null, 1, null])
  })

  it('forgets at once while the gateway is away, which is told as soon as it can be, also after a restart', async () => {
    const before = await signedIn()
    before.gateway.fail(unreachable)
    expect((await before.calls.signOut()).kind).toBe('signedOut')
    await before.settled()
    expect(before.kept()).toMatchObject({ session: null, revoking: [expect.stringMatching(/^refresh/)] })
    const world = createSigningInWorld({ secrets: before.vault.secrets, gateway: before.gateway })
    world.account.start()
    await world.settled()
    expect([world.gateway.sessions[0]?.isOver, (await world.view()).kind]).toEqual([false, 'signedOut'])
    world.gateway.fail(null)
    await world.reachable()
    expect([world.gateway.sessions[0]?.isOver, world.kept()]).toEqual([true, null])
  })

  it('while a token is being renewed ends that one as well', async () => {
    const world = await signedIn()
    world.clock.advance(accessLifeMs)
    const answer = world.gateway.hold()
    const token = world.account.session.accessToken()
    await world.until(() => refreshes(world) === 1)
    await world.calls.signOut()
    answer()
    expect(await token).toBeNull()
    await world.settled()
    expect([world.gateway.sessions[0]?.isOver, world.kept(), (await world.view()).kind]).toEqual([true, null, 'signedOut'])
  })

  it('while a token is being renewed leaves whoever signs in right after as they are', async () => {
    const world = await signedIn()
    world.clock.advance(accessLifeMs)
    const answer = world.gateway.hold()
    const token = world.account.session.accessToken()
    await world.until(() => refreshes(world) === 1)
    // The gateway has renewed it before it hears that it is over.
    world.gateway.fail(unreachable)
    await world.calls.signOut()
    await world.settled()
    world.gateway.fail(null)
    await world.account.session.begin({ accessToken: 'theirs', refreshToken: 'T'.repeat(43), expiresInMs: accessLifeMs }, false)
    answer()
    expect(await token).toBeNull()
    await world.settled()
    expect([await world.account.session.accessToken(), world.kept()?.session?.refreshToken]).toEqual(['theirs', 'T'.repeat(43)])
    expect(world.gateway.sessions[0]?.isOver).toBe(true)
  })

  it('while the keychain is locked holds here, and the gateway ends what the keychain keeps', async () => {
    const world = await signedIn()
    world.vault.fail('locked')
    expect((await world.calls.signOut()).kind).toBe('signedOut')
    await world.until(() => world.gateway.sessions[0]?.isOver === true)
    world.vault.recover()
    const next = createSigningInWorld({ secrets: world.vault.secrets, gateway: world.gateway })
    expect([await next.account.session.accessToken(), (await next.view()).kind]).toEqual([null, 'signedOut'])
  })

  it('everywhere needs the gateway: without it nothing changes', async () => {
    const world = await signedIn()
    world.gateway.fail(unreachable)
    await world.calls.signOutEverywhere()
    expect((await world.view()).kind).toBe('signedIn')
    world.gateway.fail(null)
    await world.calls.signOutEverywhere()
    await world.settled()
    expect([await world.view(), world.gateway.sessions[0]?.isOver, world.kept()]).toEqual([{ kind: 'signedOut', isNeeded: false, ended: null }, true, null])
  })
})

describe('the devices of the account', () => {
  it('are listed, and another is signed out by itself', async () => {
    const world = await signedIn()
    world.gateway.sessions.unshift({ sessionId: 'other', refreshTokens: [], isOver: false })
    expect(await world.calls.listDevices()).toMatchObject({ kind: 'ok', devices: [{ sessionId: 'other', isThis: false }, { isThis: true }] })
    expect(await world.calls.signOutDevice({ sessionId: 'other' })).toMatchObject({ kind: 'ok', devices: [{ isThis: true }] })
    expect((await world.view()).kind).toBe('signedIn')
  })

  it('this one among them is signed out here', async () => {
    const world = await signedIn()
    expect(await world.calls.signOutDevice({ sessionId: 'session-1' })).toEqual({ kind: 'unavailable', reason: 'signedOut' })
    await world.settled()
    expect([(await world.view()).kind, world.gateway.sessions[0]?.isOver, world.kept()]).toEqual(['signedOut', true, null])
  })

  it('are not told where nobody is signed in, or the gateway or keychain does not answer', async () => {
    const nobody = createSigningInWorld()
    expect(await nobody.calls.listDevices()).toEqual({ kind: 'unavailable', reason: 'signedOut' })
    const world = await signedIn()
    world.gateway.fail(unreachable)
    expect(await world.calls.listDevices()).toEqual({ kind: 'unavailable', reason: 'gatewayUnreachable' })
    world.gateway.fail({ kind: 'refused', sent: true, code: 'tooManyRequests' })
    expect(await world.calls.listDevices()).toEqual({ kind: 'unavailable', reason: 'gatewayRefused' })
    world.gateway.fail({ kind: 'refused', sent: true, code: 'tokenInvalid' })
    expect(await world.calls.listDevices()).toEqual({ kind: 'unavailable', reason: 'signedOut' })
  })
})

describe('a sign-in that has just begun', () => {
  const grace = { accessToken: 'hers', refreshToken: 'H'.repeat(43), expiresInMs: accessLifeMs }

  it('stays in the keychain where the gateway is told meanwhile that the one before is over', async () => {
    const world = await signedIn()
    world.gateway.fail(unreachable)
    await world.calls.signOut()
    await world.settled()
    world.gateway.fail(null)
    const answer = world.gateway.hold()
    const telling = world.account.session.revokeWaiting()
    await world.settled()
    const release = world.vault.holdWrites()
    const begun = world.account.session.begin(grace, false)
    await world.settled()
    answer()
    await world.settled()
    release()
    await Promise.all([begun, telling])
    expect(world.kept()).toMatchObject({ session: { refreshToken: grace.refreshToken }, revoking: [] })
  })

  it('P10 is not called as the one before, whom the gateway was asked about', async () => {
    const world = await signedIn()
    const answer = world.gateway.hold()
    const learning = world.account.session.learnAccount()
    await world.settled()
    await world.account.session.forget()
    await world.account.session.begin(grace, false)
    answer()
    await learning.catch(() => {})
    await world.settled()
    expect(world.account.session.current()).toMatchObject({ refreshToken: grace.refreshToken, account: null })
  })
})

describe('sign-ins that are over', () => {
  it('are all told to the gateway, also one that comes while another is told', async () => {
    const world = await signedIn()
    world.gateway.fail(unreachable)
    await world.calls.signOut()
    await world.settled()
    world.gateway.fail(null)
    world.gateway.calls.length = 0
    const answer = world.gateway.hold()
    const telling = world.account.session.revokeWaiting()
    await world.settled()
    await world.account.session.begin({ accessToken: 'a', refreshToken: 'A'.repeat(43), expiresInMs: accessLifeMs }, false)
    await world.account.session.forget()
    void world.account.session.revokeWaiting()
    answer()
    await telling
    await world.settled()
    expect([world.gateway.calls.filter((call) => call.startsWith('revoke')).length, world.kept()]).toEqual([2, null])
  })

  it('by the gateway’s will take the question with them that was asked in their name', async () => {
    const world = await signedIn()
    const before = world.counts.closed
    world.gateway.endElsewhere()
    expect(await world.account.session.renewed((await world.account.session.accessToken())!)).toBeNull()
    expect(world.counts.closed).toBe(before + 1)
  })
})
