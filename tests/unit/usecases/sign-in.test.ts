import { describe, expect, it } from 'vitest'
import { createSigningInWorld } from '../../support/signing-in-world.ts'
import { begun } from '../../support/control-events.ts'
import { fakeAccount, unreachable } from '../../support/fake-account-gateway.ts'
import type { FakeEventLog } from '../../support/fake-event-log.ts'
import { householdBegun } from '../../support/household-events.ts'

async function household({ log }: { readonly log: FakeEventLog }): Promise<void> {
  for (const event of [begun(), householdBegun()]) await log.append(() => event)
}
const polls = (calls: readonly string[]) => calls.filter((call) => call === 'askForTokens').length

describe('signing in', () => {
  it('shows code, address and QR code, opens the browser, and is done as soon as the person has said yes', async () => {
    const world = createSigningInWorld()
    expect(await world.calls.signIn()).toEqual({
      ...{ kind: 'waiting', userCode: 'WDJB-MJHT', address: '127.0.0.1:4000/device', qr: ['101'], leftMs: 600_000, inBrowser: true },
    })
    expect(world.opened).toEqual(['https://127.0.0.1:4000/device?code=WDJB-MJHT'])
    await world.pass(5_000)
    expect(await world.view()).toMatchObject({ kind: 'waiting', leftMs: 595_000 })
    world.gateway.answer = 'yes'
    await world.pass(5_000)
    const { accountId: _, ...shown } = fakeAccount
    expect(await world.view()).toEqual({ kind: 'signedIn', ...shown, isForTurn: false })
    expect([world.counts.signedIn, world.unexpected]).toEqual([1, []])
    expect(world.told.at(-1)).toMatchObject({ kind: 'signedIn' })
  })

  it('P6 shows nobody a token, nor the code that this device asks with', async () => {
    const world = createSigningInWorld()
    await world.signIn()
    const seen = JSON.stringify([world.told, await world.view(), await world.calls.listDevices()])
    expect(seen).not.toMatch(/access\d|refresh\d|CCCC/)
    expect(JSON.stringify(world.kept())).toMatch(/refresh\d/)
    expect(JSON.stringify(world.kept())).not.toMatch(/access\d/)
  })

  it.each([
    ['denied', 'denied'],
    ['expired', 'expired'],
  ] as const)('that was %s ends, says so, and asks no more', async (answer, ended) => {
    const world = createSigningInWorld({ isNeeded: true })
    await world.calls.signIn()
    world.gateway.answer = answer
    await world.pass(5_000)
    expect(await world.view()).toEqual({ kind: 'signedOut', isNeeded: true, ended })
    const asked = polls(world.gateway.calls)
    await world.pass(60_000)
    expect(polls(world.gateway.calls)).toBe(asked)
  })

  it('goes by the pace that the gateway wants', async () => {
    const world = createSigningInWorld()
    await world.calls.signIn()
    world.gateway.slowDowns = 1
    await world.pass(4_999)
    expect(polls(world.gateway.calls)).toBe(0)
    await world.pass(1)
    expect(polls(world.gateway.calls)).toBe(1)
    await world.pass(9_999)
    expect(polls(world.gateway.calls)).toBe(1)
    await world.pass(1)
    expect(polls(world.gateway.calls)).toBe(2)
  })

  it('outlives a gateway that is away for a while', async () => {
    const world = createSigningInWorld()
    await world.calls.signIn()
    world.gateway.fail(unreachable)
    await world.pass(5_000)
    await world.pass(10_000)
    expect((await world.view()).kind).toBe('waiting')
    world.gateway.fail(null)
    world.gateway.answer = 'yes'
    await world.pass(20_000)
    expect((await world.view()).kind).toBe('signedIn')
  })

  it('ends when the code has run out, also where nobody answers', async () => {
    const world = createSigningInWorld()
    await world.calls.signIn()
    world.gateway.fail(unreachable)
    await world.pass(600_000)
    expect(await world.view()).toMatchObject({ kind: 'signedOut', ended: 'expired' })
  })

  it('is one at a time', async () => {
    const world = createSigningInWorld()
    await Promise.all([world.calls.signIn(), world.calls.signIn()])
    await world.calls.signIn()
    expect(world.gateway.calls).toEqual(['beginSignIn own'])
    await world.signIn()
    await world.calls.signIn()
    expect(world.gateway.calls.filter((call) => call.startsWith('beginSignIn'))).toHaveLength(1)
  })

  it('that is cancelled asks no more, and a yes that was on its way is undone at the gateway', async () => {
    const world = createSigningInWorld()
    world.gateway.answer = 'yes'
    await world.calls.signIn()
    const answer = world.gateway.hold()
    world.clock.advance(5_000)
    world.clock.wake()
    expect(await world.calls.cancelSignIn()).toEqual({ kind: 'signedOut', isNeeded: false, ended: 'cancelled' })
    answer()
    await world.until(() => world.gateway.sessions[0]?.isOver === true)
    await world.settled()
    expect([await world.view(), world.kept()]).toEqual([{ kind: 'signedOut', isNeeded: false, ended: 'cancelled' }, null])
  })

  it('that is cancelled before there is a code opens no browser', async () => {
    const world = createSigningInWorld()
    const answer = world.gateway.hold()
    const begun = world.calls.signIn()
    await world.until(() => world.gateway.calls.length === 1)
    await world.calls.cancelSignIn()
    answer()
    expect(await begun).toMatchObject({ kind: 'signedOut', ended: 'cancelled' })
    expect(world.opened).toEqual([])
  })

  it.each([
    ['cannot be reached', unreachable, 'gatewayUnreachable'],
    ['is somebody else', { kind: 'certificateNotTrusted', sent: false }, 'gatewayRefused'],
    ['turns it down', { kind: 'refused', sent: true, code: 'tooManyRequests' }, 'gatewayRefused'],
  ] as const)('does not begin where the gateway %s, and says so', async (_what, problem, ended) => {
    const world = createSigningInWorld()
    world.gateway.fail(problem)
    expect(await world.calls.signIn()).toEqual({ kind: 'signedOut', isNeeded: false, ended })
    expect(world.opened).toEqual([])
  })

  it('P6 does not begin without a keychain, and what the keychain does not take is undone at the gateway', async () => {
    const world = createSigningInWorld()
    world.vault.fail('locked')
    expect(await world.calls.signIn()).toEqual({ kind: 'unavailable' })
    expect(world.gateway.calls).toEqual([])
    world.vault.recover()
    world.gateway.answer = 'yes'
    await world.calls.signIn()
    world.vault.fail('locked', { operation: 'set' })
    await world.pass(5_000)
    expect(await world.view()).toEqual({ kind: 'signedOut', isNeeded: false, ended: 'keychainUnavailable' })
    expect([world.gateway.sessions[0]?.isOver, world.kept()]).toEqual([true, null])
  })

  it('opens the page once more when it is asked to', async () => {
    const world = createSigningInWorld()
    expect(await world.calls.openPage({ page: 'signIn' })).toEqual({ opened: false })
    await world.calls.signIn()
    expect(await world.calls.openPage({ page: 'signIn' })).toEqual({ opened: true })
    expect(await world.calls.openPage({ page: 'settings' })).toEqual({ opened: true })
    expect(world.opened.slice(1)).toEqual(['https://127.0.0.1:4000/device?code=WDJB-MJHT', 'https://127.0.0.1:4000/account'])
  })

  it('has no name yet where the gateway did not tell it, and gets it once it can', async () => {
    const world = createSigningInWorld()
    world.gateway.answer = 'yes'
    await world.calls.signIn()
    const answer = world.gateway.hold()
    world.clock.advance(5_000)
    world.clock.wake()
    await world.settled()
    answer()
    await world.until(() => world.gateway.calls.includes('askForTokens'))
    world.gateway.fail(unreachable)
    await world.settled()
    expect(await world.view()).toEqual({ kind: 'starting' })
    world.gateway.fail(null)
    await world.reachable()
    expect(await world.view()).toMatchObject({ kind: 'signedIn', displayName: 'Robin' })
  })
})

describe('in a household', () => {
  it('is for a guardian: nobody else signs in or out, or learns of devices', async () => {
    const world = createSigningInWorld()
    await household(world)
    for (const open of [null, 'teen', 'adult']) {
      world.profile.open = open
      expect(await world.calls.signIn()).toMatchObject({ kind: 'signedOut' })
      expect(await world.calls.openPage({ page: 'settings' })).toEqual({ opened: false })
    }
    expect([world.gateway.calls, world.opened]).toEqual([[], []])
    world.profile.open = 'guardian'
    await world.signIn()
    world.profile.open = 'adult'
    expect(await world.calls.signOut()).toMatchObject({ kind: 'signedIn' })
    expect(await world.calls.signOutEverywhere()).toMatchObject({ kind: 'signedIn' })
    expect(await world.calls.listDevices()).toEqual({ kind: 'unavailable', reason: 'notAllowed' })
    expect(await world.calls.signOutDevice({ sessionId: 'session-1' })).toEqual({ kind: 'unavailable', reason: 'notAllowed' })
    expect(world.gateway.sessions[0]?.isOver).toBe(false)
  })

  it('P10 in front of a kiosk nobody signs in, or finds out who is: the account is the household’s', async () => {
    const world = createSigningInWorld()
    await household(world)
    world.profile.open = 'guardian'
    await world.signIn()
    world.kiosk.on = true
    const nobody = { kind: 'signedOut', isNeeded: false, ended: null }
    expect([await world.calls.get(), await world.calls.signOut(), await world.calls.signIn()]).toEqual([nobody, nobody, nobody])
    world.account.turnOver()
    await world.settled()
    expect([world.account.isVisitor(), world.account.mayVisit(), world.gateway.sessions[0]?.isOver]).toEqual([false, false, false])
    world.kiosk.on = false
    expect(await world.view()).toMatchObject({ kind: 'signedIn', displayName: 'Robin' })
  })
})

describe('in front of a kiosk', () => {
  it('P10 opens no browser, tells the gateway what it is, and lasts for the turn', async () => {
    const world = createSigningInWorld({ isKiosk: true })
    expect(await world.calls.signIn()).toMatchObject({ kind: 'waiting', inBrowser: false })
    expect([world.opened, world.gateway.calls]).toEqual([[], ['beginSignIn kiosk']])
    world.gateway.answer = 'yes'
    await world.pass(5_000)
    expect(await world.view()).toMatchObject({ kind: 'signedIn', isForTurn: true })
    expect([world.account.isVisitor(), world.account.signedIn.isForTurn(), world.counts.signedIn]).toEqual([true, true, 0])
  })

  it('keeps the turn while the person is at their phone', async () => {
    const world = createSigningInWorld({ isKiosk: true })
    await world.calls.signIn()
    for (let polled = 0; polled < 20; polled += 1) await world.pass(5_000)
    expect(world.kiosk.touches).toBe(20)
  })

  it('P10 is revoked, forgotten and told to nobody when the turn is over', async () => {
    const world = createSigningInWorld({ isKiosk: true })
    await world.signIn()
    world.account.turnOver()
    await world.until(() => world.gateway.sessions[0]?.isOver === true)
    await world.settled()
    expect([await world.view(), world.kept(), world.account.isVisitor()]).toEqual([{ kind: 'signedOut', isNeeded: true, ended: null }, null, false])
  })

  it('P10 is no more than begun, or denied, when the turn is over: the next person hears nothing of it', async () => {
    const world = createSigningInWorld({ isKiosk: true })
    await world.calls.signIn()
    world.account.turnOver()
    await world.settled()
    expect(await world.view()).toEqual({ kind: 'signedOut', isNeeded: true, ended: null })
    await world.calls.signIn()
    world.gateway.answer = 'denied'
    await world.pass(5_000)
    expect(await world.view()).toMatchObject({ ended: 'denied' })
    world.account.turnOver()
    await world.settled()
    expect(await world.view()).toMatchObject({ ended: null })
  })

  it('P10 is over after a crash: the next start revokes it and has nobody signed in, with kiosk mode or without', async () => {
    const before = createSigningInWorld({ isKiosk: true })
    await before.signIn()
    const { secrets } = before.vault
    for (const isKiosk of [true, false]) {
      const world = createSigningInWorld({ isKiosk, secrets: new Map(secrets), gateway: before.gateway })
      world.account.start()
      expect(await world.account.session.accessToken()).toBeNull()
      await world.settled()
      expect([before.gateway.sessions[0]?.isOver, world.kept(), (await world.view()).kind]).toEqual([true, null, 'signedOut'])
    }
  })

  it('P10 is over when the app ends', async () => {
    const world = createSigningInWorld({ isKiosk: true })
    await world.signIn()
    await world.account.stop()
    expect([world.gateway.sessions[0]?.isOver, world.kept()]).toEqual([true, null])
  })

  it('P10 that no household has, nobody finds an account that somebody signed in to before', async () => {
    const world = createSigningInWorld()
    await world.signIn()
    world.kiosk.on = true
    expect(await world.view()).toEqual({ kind: 'signedOut', isNeeded: true, ended: null })
    expect(world.account.isVisitor()).toBe(false)
    world.account.turnOver()
    await world.until(() => world.gateway.sessions[0]?.isOver === true)
  })
})
