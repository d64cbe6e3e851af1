import { describe, expect, it } from 'vitest'
import type { AccountView, DevicesResult } from '../../../src/contract/ipc/account.ts'
import { createAccountStore } from '../../../src/renderer/launcher/features/account/account-store.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'

const signedOut: AccountView = { kind: 'signedOut', isNeeded: false, ended: null }
const waiting: AccountView = { kind: 'waiting', userCode: 'WDJB-MJHT', address: '127.0.0.1/device', qr: ['1'], leftMs: 600_000, inBrowser: true }
const signedIn: AccountView = {
  ...{ kind: 'signedIn', displayName: 'Robin', email: 'r…n@example.org', scopes: ['profile:read', 'purchase'], codeWays: [{ method: 'email' }] },
  ...{ stepUpAbove: { amount: '2000', currency: 'EUR' }, signedInAt: '2026-11-23T09:00:00.000Z', isForTurn: false },
}
const devices: DevicesResult = { kind: 'ok', devices: [] }

async function setUp(answers: Parameters<typeof fakeBridge>[0]['account'] = {}, first: AccountView = signedOut) {
  const clock = { ms: 1_000 }
  const fake = fakeBridge({ account: { get: () => Promise.resolve(first), devices: () => Promise.resolve(devices), ...answers } })
  const store = createAccountStore(fake.bridge, () => clock.ms)
  const stop = store.getState().follow()
  await settled()
  return { ...fake, clock, stop, state: store.getState }
}

describe('the account on screen', () => {
  it('is loaded and followed', async () => {
    const { state, tell, stop, listeners } = await setUp()
    expect(state().view).toEqual(signedOut)
    tell('account.changed', waiting)
    expect([state().view, state().codeEndsAtMs]).toEqual([waiting, 601_000])
    tell('account.changed', signedIn)
    await settled()
    expect([state().view, state().codeEndsAtMs, state().devices]).toEqual([signedIn, null, devices])
    stop()
    expect(listeners('account.changed')).toBe(0)
  })

  it('counts down by a clock that nobody sets, from what main says is left', async () => {
    const { state, tell, clock } = await setUp()
    clock.ms = 50_000
    tell('account.changed', { ...waiting, leftMs: 5_000 })
    expect(state().codeEndsAtMs).toBe(55_000)
  })

  it('P10 keeps no devices of whoever was signed in before', async () => {
    const { state, tell } = await setUp({}, signedIn)
    state().open()
    await settled()
    expect(state().devices).toEqual(devices)
    tell('account.changed', signedOut)
    expect(state().devices).toBeNull()
  })

  it('does one thing at a time', async () => {
    const { state, calls } = await setUp({ signIn: () => Promise.resolve(waiting), cancelSignIn: () => Promise.resolve(signedOut) })
    await Promise.all([state().signIn(), state().signIn(), state().cancel()])
    expect(calls.filter((call) => /signIn|cancel/i.test(call))).toEqual(['account.signIn'])
    await state().cancel()
    expect(state().view).toEqual(signedOut)
  })

  it('says what could not be done', async () => {
    const { state } = await setUp({
      signOutEverywhere: () => Promise.resolve(signedIn),
      openPage: () => Promise.resolve({ opened: false }),
      signOut: () => Promise.reject(new Error('refused')),
    }, signedIn)
    await state().signOutEverywhere()
    expect(state().told).toEqual({ kind: 'notEverywhere' })
    await state().openPage('settings')
    expect(state().told).toEqual({ kind: 'notOpened' })
    await state().signOut()
    expect([state().told, state().task]).toEqual([{ kind: 'broken' }, null])
    state().open()
    expect(state().told).toBeNull()
  })

  it('tells of a sign-in that was ended elsewhere until it is read, and again the next time', async () => {
    const { state, tell } = await setUp({}, signedIn)
    const ended: AccountView = { ...signedOut, ended: 'signedOutElsewhere' }
    tell('account.changed', ended)
    expect(state().isEndRead).toBe(false)
    state().readEnd()
    tell('account.changed', ended)
    expect(state().isEndRead).toBe(true)
    tell('account.changed', signedIn)
    tell('account.changed', ended)
    expect(state().isEndRead).toBe(false)
  })
})
