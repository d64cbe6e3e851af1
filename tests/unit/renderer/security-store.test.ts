import { describe, expect, it } from 'vitest'
import type { Posture } from '../../../src/contract/ipc/posture.ts'
import { createSecurityStore } from '../../../src/renderer/launcher/features/security/security-store.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'

const posture: Posture = {
  measuredAt: '2026-11-25T12:00:00.000Z', version: '1', sandbox: true, safeguards: [], denied: [], hosts: [], files: [], lastPurchase: { kind: 'none' }, keychain: [],
}

describe('the security screen', () => {
  it('measures when it is opened and when it is asked to, and keeps what it had meanwhile', async () => {
    const { bridge, calls } = fakeBridge({ posture: { get: async () => posture } })
    const store = createSecurityStore(bridge)
    expect(store.getState().view).toEqual({ kind: 'loading' })
    store.getState().open()
    expect(store.getState().isMeasuring).toBe(true)
    await store.getState().measure()
    await settled()
    expect(store.getState()).toMatchObject({ view: { kind: 'ok', posture }, isMeasuring: false })
    const again = store.getState().measure()
    expect(store.getState()).toMatchObject({ view: { kind: 'ok' }, isMeasuring: true })
    await again
    expect(calls).toEqual(['posture.get', 'posture.get'])
  })

  it('says so where measuring itself fails, and can be asked again', async () => {
    const answers = { get: (): Promise<Posture> => Promise.reject(new Error('refused')) }
    const { bridge } = fakeBridge({ posture: answers })
    const store = createSecurityStore(bridge)
    await store.getState().measure()
    expect(store.getState()).toMatchObject({ view: { kind: 'broken' }, isMeasuring: false })
    answers.get = async () => posture
    await store.getState().measure()
    expect(store.getState().view).toEqual({ kind: 'ok', posture })
  })

  it('saves one file at a time, tells what came of it, and forgets that when it is opened again', async () => {
    const held = Promise.withResolvers<{ kind: 'written'; name: string }>()
    const { bridge, calls } = fakeBridge({ posture: { get: async () => posture, save: () => held.promise } })
    const store = createSecurityStore(bridge)
    const saving = store.getState().save('pdf')
    await store.getState().save('json')
    store.getState().open()
    expect(store.getState().saving).toEqual({ kind: 'saving', format: 'pdf' })
    held.resolve({ kind: 'written', name: 'x.pdf' })
    await saving
    expect(store.getState().saving).toEqual({ kind: 'ended', format: 'pdf', result: { kind: 'written', name: 'x.pdf' } })
    store.getState().open()
    expect(store.getState().saving).toEqual({ kind: 'idle' })
    expect(calls.filter((name) => name === 'posture.save')).toHaveLength(1)
  })

  it('tells that saving itself failed', async () => {
    const { bridge } = fakeBridge({ posture: { save: () => Promise.reject(new Error('refused')) } })
    const store = createSecurityStore(bridge)
    await store.getState().save('json')
    expect(store.getState().saving).toEqual({ kind: 'broken' })
  })
})
