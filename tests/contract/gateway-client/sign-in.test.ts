/** Signing in and out with the real client against the real gateway, and what a thief gets out of the tokens. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createVaultDevice } from '../../../src/main/adapters/device/vault-device.ts'
import { createHttpGateway } from '../../../src/main/adapters/gateway/http-gateway.ts'
import { createVaultSessionStore } from '../../../src/main/adapters/session/vault-session-store.ts'
import { createRandomIds } from '../../../src/main/adapters/system/random-ids.ts'
import { createAccount } from '../../../src/main/create-account.ts'
import { createAccountHandlers } from '../../../src/main/create-account-handlers.ts'
import { createSyncControls } from '../../../src/main/usecases/sync-controls.ts'
import type { KeptSignIn } from '../../../src/main/ports/session.ts'
import { type AccountWorld, startAccountWorld } from '../../support/account-world.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeEventLog } from '../../support/fake-event-log.ts'
import { createFakeLedgerAccess } from '../../support/fake-ledger-access.ts'
import { createFakeVault, type FakeVault } from '../../support/fake-vault.ts'
import { someone } from '../../support/signing-in.ts'
import { problemOf } from './client-under-test.ts'

let world: AccountWorld
let clock: ReturnType<typeof createFakeClock>

beforeAll(async () => {
  world = await startAccountWorld()
  world.people.add('robin', { displayName: 'Robin' })
  world.people.add('ada', { displayName: 'Ada' })
})
afterAll(() => world.close())
beforeEach(() => {
  clock = createFakeClock(world.clock.nowMs)
})

/** An installation: its keychain, and everything that is made of it. */
function computer(vault: FakeVault = createFakeVault()) {
  const device = createVaultDevice({ vault, mayCreateKey: () => true })
  const config = async () => ({ url: world.gateway.url, publicUrl: world.gateway.publicUrl, pins: [world.gateway.pin], signingKey: world.gateway.signingKey })
  const gateway = createHttpGateway({ clock, device, ids: createRandomIds(), config, mustChain: false, session: () => account.session })
  const ledger = createFakeLedgerAccess(createFakeEventLog({ clock, vault: createFakeVault() }))
  const account = createAccount({
    ...{ clock, gateway, actor: () => null, isNeeded: true, platform: 'linux', qrModules: () => ['1'], tell() {}, onSignedIn() {} },
    browser: { open: async () => true },
    confirmWindow: { close() {} },
    kiosk: { isOn: () => false, touch() {} },
    ledger,
    onUnexpected(error) {
      throw error
    },
    store: createVaultSessionStore({ vault }),
  })
  const handlers = createAccountHandlers(account)
  const call = (name: 'account.signIn' | 'account.signOut' | 'account.signOutEverywhere') => handlers[name](undefined)
  const syncControls = createSyncControls({ gateway, ledger, onControlsChanged() {}, signInNumber: account.signedIn.number })
  return { account, call, device, ledger, syncControls, devices: () => handlers['account.devices'](undefined), gateway, vault, signOutDevice: handlers['account.signOutDevice'], view: account.reportAccount }
}
type Computer = ReturnType<typeof computer>

const kept = ({ vault }: Computer) => JSON.parse(vault.secrets.get('session') ?? 'null') as KeptSignIn | null

/** Time passes here and at the gateway, and what is due happens. */
async function pass(ms: number, until: () => Promise<boolean>): Promise<void> {
  world.clock.nowMs += ms
  clock.advance(ms)
  clock.wake()
  await expect.poll(until).toBe(true)
}

async function signIn(at: Computer, accountId = 'robin'): Promise<void> {
  const waiting = await at.call('account.signIn')
  if (waiting.kind !== 'waiting') throw new Error(waiting.kind)
  expect(await world.grants.approve(waiting.userCode, accountId, someone)).toBe('approved')
  await pass(5_000, async () => (await at.view()).kind === 'signedIn')
}

describe('signing in', () => {
  it('goes from the code on the screen to a wallet of one’s own', async () => {
    const own = computer()
    const waiting = await own.call('account.signIn')
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind)
    expect(`https://${waiting.address}`).toBe(`${world.gateway.publicUrl}/device`)
    expect(await world.grants.find(waiting.userCode, someone)).toMatchObject({ deviceName: 'Tuppence on Linux', isKiosk: false, scopes: ['profile:read', 'purchase'] })
    await pass(5_000, async () => true)
    await world.grants.approve(waiting.userCode, 'robin', someone)
    await pass(5_000, async () => (await own.view()).kind === 'signedIn')
    expect(await own.view()).toMatchObject({ displayName: 'Robin', isForTurn: false, stepUpAbove: { amount: '2000', currency: 'EUR' } })
    const [offer] = (await own.gateway.catalogue()).offers
    const quote = await own.gateway.quote(offer!.id, null)
    expect(quote.claims.fundingSource.id).toBe('wallet-robin')
  })

  it('is told of a no, and of a code that has run out', async () => {
    const own = computer()
    const waiting = await own.call('account.signIn')
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind)
    await world.grants.deny(waiting.userCode, 'robin', someone)
    await pass(5_000, async () => (await own.view()).kind === 'signedOut')
    expect(await own.view()).toMatchObject({ ended: 'denied' })
    await own.call('account.signIn')
    await pass(600_000, async () => (await own.view()).kind === 'signedOut')
    expect(await own.view()).toMatchObject({ ended: 'expired' })
  })

  it('outlives the gateway’s restart', async () => {
    const own = computer()
    const waiting = await own.call('account.signIn')
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind)
    const restarted = await world.restart()
    world = { ...world, ...restarted }
    await world.grants.approve(waiting.userCode, 'robin', someone)
    // The first question finds nobody at the old address, and the next comes later for it.
    await expect.poll(async () => (await pass(5_000, async () => true), (await own.view()).kind)).toBe('signedIn')
  })
})

describe('being signed in', () => {
  it('lasts: a new access token comes with each that has run out, also after a restart of the app', async () => {
    const own = computer()
    await signIn(own)
    for (let renewed = 0; renewed < 3; renewed += 1) {
      const before = kept(own)?.session?.refreshToken
      world.clock.nowMs += 300_000
      clock.advance(300_000)
      expect((await own.gateway.devices()).filter(({ isThis }) => isThis)).toHaveLength(1)
      expect(kept(own)?.session?.refreshToken).not.toBe(before)
    }
    const again = computer(own.vault)
    expect((await again.gateway.account()).displayName).toBe('Robin')
  })

  it('survives a crash between the gateway’s answer and the keychain', async () => {
    const own = computer()
    await signIn(own)
    world.clock.nowMs += 300_000
    clock.advance(300_000)
    own.vault.fail('locked', { operation: 'set', name: 'session' })
    await expect(own.gateway.account()).rejects.toThrow()
    own.vault.recover()
    const again = computer(own.vault)
    expect((await again.gateway.account()).displayName).toBe('Robin')
    expect(await again.view()).toMatchObject({ kind: 'signedIn' })
  })

  it('ends at the next request once another device says so, and the person is told', async () => {
    const [own, other] = [computer(), computer()]
    await signIn(own)
    await signIn(other)
    const listed = await other.devices()
    if (listed.kind !== 'ok') throw new Error(listed.kind)
    const mine = (await own.gateway.devices()).find(({ isThis }) => isThis)
    const left = await other.signOutDevice({ sessionId: mine!.sessionId })
    expect(left.kind === 'ok' && left.devices.some(({ sessionId }) => sessionId === mine!.sessionId)).toBe(false)
    expect(await problemOf(own.gateway.account())).toMatchObject({ kind: 'refused', code: 'tokenInvalid' })
    expect([await own.view(), kept(own)]).toEqual([{ kind: 'signedOut', isNeeded: true, ended: 'signedOutElsewhere' }, null])
    expect((await other.gateway.account()).displayName).toBe('Robin')
  })

  it('ends everywhere at once', async () => {
    const [own, other] = [computer(), computer()]
    await signIn(own)
    await signIn(other)
    expect(await other.call('account.signOutEverywhere')).toMatchObject({ kind: 'signedOut', ended: null })
    expect(await problemOf(own.gateway.account())).toMatchObject({ code: 'tokenInvalid' })
    expect(await world.grants.signedIn('robin')).toEqual([])
  })

  it('ends here, and the gateway knows', async () => {
    const own = computer()
    await signIn(own)
    await own.call('account.signOut')
    await expect.poll(async () => [(await world.grants.signedIn('robin')).length, kept(own)]).toEqual([0, null])
  })
})

describe('another account on the same computer', () => {
  it('P5 is held to nothing that the one before has decided, and the one before to nothing of its', async () => {
    const own = computer()
    await signIn(own, 'ada')
    const [begunAt, until] = [new Date(world.clock.nowMs - 1000).toISOString(), new Date(world.clock.nowMs + 7 * 86_400_000).toISOString()]
    await own.ledger.log()?.append(() => ({ type: 'exclusion.begun', actor: 'person', payload: { length: '7days', begunAt, until } }))
    expect(await own.syncControls()).toBe('shared')
    expect((await own.gateway.controls()).claims).toMatchObject({ accountId: 'ada', controls: { exclusion: { until } } })
    await own.call('account.signOut')
    expect(await own.syncControls()).toBe('otherAccount')
    expect((await own.gateway.controls()).claims).not.toHaveProperty('accountId')
    await signIn(own, 'robin')
    expect(await own.syncControls()).toBe('otherAccount')
    expect((await own.gateway.controls()).claims).toMatchObject({ accountId: 'robin', controls: { exclusion: null } })
    expect(own.ledger.log()?.controls()).toMatchObject({ sharedWith: 'ada', exclusion: { until } })
  })
})

describe('a stolen token', () => {
  it('P6 is worth nothing with another device key: neither the one that asks nor the one that renews', async () => {
    const [own, thief] = [computer(), computer()]
    await signIn(own)
    const { refreshToken } = kept(own)!.session!
    const accessToken = (await own.account.session.accessToken())!
    const stolen = createHttpGateway({
      ...{ clock, device: thief.device, ids: createRandomIds(), mustChain: false },
      config: async () => ({ url: world.gateway.url, pins: [world.gateway.pin], signingKey: world.gateway.signingKey }),
      session: () => ({ ...{ signInNumber: () => 1, isForTurn: () => false }, isSignedIn: async () => true, accessToken: async () => accessToken, renewed: async () => null, over: async () => {} }),
    })
    expect(await problemOf(stolen.account())).toMatchObject({ kind: 'refused', code: 'tokenInvalid' })
    expect(await problemOf(stolen.quote('any', null))).toMatchObject({ kind: 'refused', code: 'tokenInvalid' })
    expect(await thief.gateway.refresh(refreshToken).catch(() => null)).toBeNull()
    // And whose it is notices nothing.
    expect((await own.gateway.account()).displayName).toBe('Robin')
  })

  it('P6 that was renewed by its owner since ends the sign-in when somebody comes with it', async () => {
    const own = computer()
    await signIn(own)
    const before = kept(own)!.session!.refreshToken
    world.clock.nowMs += 300_000
    clock.advance(300_000)
    await own.gateway.account()
    // Whoever copied the whole keychain has the key as well.
    expect(await own.gateway.refresh(before)).toBeNull()
    expect(await problemOf(own.gateway.account())).toMatchObject({ code: 'tokenInvalid' })
    expect(world.people.recorded).toContainEqual({ accountId: 'robin', kind: 'tokenReused' })
  })
})
