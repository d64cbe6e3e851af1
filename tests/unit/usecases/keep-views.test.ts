import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import { createJsonViews } from '../../../src/main/adapters/views/json-views.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import type { Views } from '../../../src/main/ports/views.ts'
import { createKeepViews } from '../../../src/main/usecases/keep-views.ts'
import { createBuyingWorld, type BuyingWorld } from '../../support/buying-world.ts'
import { tightened } from '../../support/control-events.ts'
import { createFamilyWorld } from '../../support/family-world.ts'

const { calls } = launcherContract

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-views-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** As the page does, through the contract. */
function viewsOf(world: BuyingWorld, views: Views = createJsonViews(join(folder, 'views.json'))) {
  const use = createKeepViews({ actor: world.deps.actor, ledger: world.ledger, views, onUnexpected: world.deps.onUnexpected })
  return {
    get: async () => v.parse(calls['views.get'].output, await use.get()),
    keep: async (address: string) => v.parse(calls['views.keep'].output, await use.keep(v.parse(calls['views.keep'].input, { address }))).kind,
    save: async (name: string, address = 'text=x') =>
      v.parse(calls['views.save'].output, await use.save(v.parse(calls['views.save'].input, { name, address }))).kind,
    remove: async (name: string) => v.parse(calls['views.remove'].output, await use.remove(v.parse(calls['views.remove'].input, { name }))).kind,
  }
}

const none = { kind: 'ok', last: null, saved: [] }

describe('views of the history', () => {
  it('are what was looked at last and what was saved, by name, also at the next start', async () => {
    const world = createBuyingWorld()
    const views = viewsOf(world)
    expect(await views.get()).toEqual(none)
    expect(await views.keep('?text=wolf&sort=amount.descending')).toBe('ok')
    for (const name of ['Wölfe', 'ähnlich', 'Zu viel']) expect(await views.save(name, `text=${name.length}`)).toBe('ok')
    expect(await viewsOf(world).get()).toEqual({
      kind: 'ok',
      last: '?text=wolf&sort=amount.descending',
      saved: [{ name: 'ähnlich', address: 'text=7' }, { name: 'Wölfe', address: 'text=5' }, { name: 'Zu viel', address: 'text=7' }],
    })
    expect(await views.keep('')).toBe('ok')
    expect(await views.get()).toMatchObject({ last: '' })
  })

  it('P10 are not told to whoever sits down while they are read', async () => {
    const world = await createFamilyWorld()
    const views = createJsonViews(join(folder, 'views.json'))
    world.as('guardian')
    await viewsOf(world, views).keep('text=surprise')
    for (const to of ['teen', null]) {
      world.as('guardian')
      const slow: Views = { ...views, of: (memberId) => views.of(memberId).finally(() => world.as(to)) }
      expect(await viewsOf(world, slow).get()).toEqual({ kind: 'locked' })
    }
  })

  it('of the same name are replaced and removed whatever their capitals and accents', async () => {
    const views = viewsOf(createBuyingWorld())
    await views.save('Wölfe', 'text=old')
    await views.save('other')
    expect(await views.save('WOLFE', 'text=new')).toBe('ok')
    expect(await views.get()).toMatchObject({ saved: [{ name: 'other' }, { name: 'WOLFE', address: 'text=new' }] })
    expect(await views.remove('wölfe')).toBe('ok')
    expect(await views.remove('wölfe')).toBe('ok')
    expect(await views.get()).toMatchObject({ saved: [{ name: 'other' }] })
  })

  it('are fifty, and one of them can still be replaced', async () => {
    const views = viewsOf(createBuyingWorld())
    for (let n = 1; n <= 50; n += 1) expect(await views.save(`View ${n}`)).toBe('ok')
    expect(await views.save('One more')).toBe('full')
    expect(await views.save('view 7', 'text=seven')).toBe('ok')
    const kept = await views.get()
    expect(kept.kind === 'ok' && kept.saved.length).toBe(50)
    expect(kept).toMatchObject({ saved: expect.arrayContaining([{ name: 'view 7', address: 'text=seven' }]) })
    await views.remove('view 1')
    expect(await views.save('One more')).toBe('ok')
  })

  it.each(['/limits', 'text=<b>', 'text=a b', 'a#b', `text=${'x'.repeat(2_000)}`, 'text=\u0000', '??', 'x?y'])('have search parameters as their address, which %j are not', (address) => {
    expect(v.is(calls['views.keep'].input, { address })).toBe(false)
    expect(v.is(calls['views.save'].input, { name: 'x', address })).toBe(false)
  })

  it.each(['', ' ', 'two\nlines', 'x'.repeat(61)])('are called something, which %j is not', (name) => {
    expect(v.is(calls['views.save'].input, { name, address: '' })).toBe(false)
  })

  it('that cannot be kept for the next start hold for now, and say so', async () => {
    const world = createBuyingWorld()
    const views = viewsOf(world, createJsonViews(join(folder, 'gone', 'views.json')))
    expect(await views.save('Wolves')).toBe('notKept')
    expect(await views.keep('text=x')).toBe('notKept')
    expect(await views.get()).toMatchObject({ last: 'text=x', saved: [{ name: 'Wolves' }] })
    expect(world.unexpected).toHaveLength(2)
  })

  it('are there before the first ledger, and not told where the ledger cannot say who is there', async () => {
    const world = createBuyingWorld()
    const views = viewsOf(world)
    world.ledger.setLog(null)
    world.ledger.setState('vaultUnavailable')
    expect(await views.keep('text=x')).toBe('ok')
    expect(await views.get()).toMatchObject({ last: 'text=x' })
    world.ledger.setState('unreadable')
    expect(await views.get()).toEqual({ kind: 'locked' })
    const failing = (error: Error) => world.ledger.setLog({ ...world.log, controls: () => { throw error } })
    failing(new LogStorageError({ kind: 'damaged' }))
    expect(await views.get()).toEqual({ kind: 'locked' })
    failing(new TypeError('a bug'))
    await expect(views.get()).rejects.toThrow('a bug')
  })
})

describe('views of the history in a household', () => {
  it('P10 are those of whose profile is open, and locked while none is', async () => {
    const world = await createFamilyWorld()
    const views = viewsOf(world)
    for (const memberId of ['guardian', 'teen']) {
      world.as(memberId)
      expect(await views.save('Mine', `text=${memberId}`)).toBe('ok')
    }
    expect(await views.get()).toEqual({ kind: 'ok', last: null, saved: [{ name: 'Mine', address: 'text=teen' }] })
    world.as('guardian')
    expect(await views.get()).toMatchObject({ saved: [{ name: 'Mine', address: 'text=guardian' }] })
    world.as('child')
    expect(await views.get()).toEqual(none)
    expect(await views.remove('Mine')).toBe('ok')
    world.as(null)
    expect(await views.get()).toEqual({ kind: 'locked' })
    for (const told of [await views.keep('text=x'), await views.save('Mine'), await views.remove('Mine')]) expect(told).toBe('locked')
    world.as('teen')
    expect(await views.get()).toMatchObject({ saved: [{ address: 'text=teen' }] })
  })

  it('P10 go with the member who is removed, and nobody else’s do', async () => {
    const world = await createFamilyWorld()
    const views = viewsOf(world)
    for (const memberId of ['guardian', 'adult', 'teen']) {
      world.as(memberId)
      await views.save('Mine', `text=${memberId}`)
    }
    await world.log.append(() => tightened({ kind: 'member', memberId: 'adult', role: 'removed' }))
    world.as('teen')
    expect(await views.get()).toMatchObject({ saved: [{ address: 'text=teen' }] })
    const file = createJsonViews(join(folder, 'views.json'))
    expect(await file.of('adult')).toEqual({ last: null, saved: [] })
    expect(await file.of('guardian')).toMatchObject({ saved: [{ address: 'text=guardian' }] })
    world.as('adult')
    expect(await views.get()).toEqual({ kind: 'locked' })
  })
})
