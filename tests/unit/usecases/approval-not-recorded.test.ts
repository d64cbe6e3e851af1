import { describe, expect, it } from 'vitest'
import { LogReadOnlyError, LogStorageError } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'

describe('an approval that cannot be made durable', () => {
  it.each([
    [new VaultError('locked'), 'keychainUnavailable'],
    [new VaultError('timedOut'), 'keychainUnavailable'],
    [new LogReadOnlyError('tampered'), 'ledgerUnavailable'],
    [new LogReadOnlyError('keyMissing'), 'ledgerUnavailable'],
    [new LogReadOnlyError('closed'), 'ledgerUnavailable'],
    [new LogStorageError({ kind: 'outOfSpace' }), 'ledgerUnavailable'],
    [new LogStorageError({ kind: 'unreadable', code: 'SQLITE_IOERR' }), 'ledgerUnavailable'],
  ])('P1 P2 is a refusal and nothing is sent: %s', async (error, reason) => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    world.log.failNextAppend(error)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason })
    expect(await outcome).toEqual({ kind: 'refused', reason })
    expect(world.sent()).toBe(0)
    expect(world.eventTypes()).toEqual([])
    expect(world.use.pending.current()).toBeNull()
  })

  it('P3 P6 because it could not be anchored is a refusal and nothing is sent', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    world.vault.fail('locked')
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(await outcome).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(world.sent()).toBe(0)
    expect(world.gateway.charges).toEqual([])
  })

  it('P6 because the device key is not to be had is a refusal and nothing is sent', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    world.device.fail('locked')
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(await outcome).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(world.sent()).toBe(0)
  })

  it.each(['tampered', 'keyMissing', 'unreadable'] as const)(
    'P3 because the ledger became %s while the person was reading is a refusal',
    async (state) => {
      const world = createBuyingWorld()
      const { answer } = await world.ask()
      world.ledger.setState(state)
      expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'ledgerUnavailable' })
      expect(world.eventTypes()).toEqual([])
      expect(world.sent()).toBe(0)
    },
  )

  it('P6 because the keychain went away while the person was reading says so', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.ledger.setVault('locked')
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'keychainUnavailable' })
    expect(world.sent()).toBe(0)
  })

  it('P3 because there is no log any more is a refusal', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.ledger.setLog(null)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'ledgerUnavailable' })
    expect(world.sent()).toBe(0)
  })

  it('by a bug is thrown on, ends the attempt without money, and the next attempt works', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    world.log.failNextAppend(new TypeError('a bug'))
    await expect(world.use.approveChallenge(answer)).rejects.toThrow('a bug')
    expect(await outcome).toEqual({ kind: 'refused', reason: 'ledgerUnavailable' })
    expect(world.sent()).toBe(0)
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })
})

describe('a bug after the approval is in the log', () => {
  it('P2 never says that no money moved: the outcome is unknown, and settles', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    world.gateway.fail('purchase', new TypeError('a bug'))
    await expect(world.use.approveChallenge(answer)).rejects.toThrow('a bug')
    expect(await outcome).toMatchObject({ kind: 'unknown', item: 'Eine Kanne Lampenöl' })
    expect(world.eventTypes()).toEqual(['purchase.approved'])
    world.clock.advance(600_001)
    expect(await world.use.settlePurchases()).toEqual({ stillOpen: 0 })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.voided'])
  })
})
