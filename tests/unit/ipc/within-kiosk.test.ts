import { describe, expect, it } from 'vitest'
import type { Handlers } from '../../../src/contract/ipc/channel.ts'
import { launcherContract, type LauncherContract } from '../../../src/contract/ipc/launcher.ts'
import { withinKiosk } from '../../../src/main/ipc/within-kiosk.ts'

type Call = keyof LauncherContract['calls']
const all = Object.keys(launcherContract.calls) as Call[]

interface There {
  readonly isOn: boolean
  readonly actor: string | null
  readonly isVisitor?: boolean
  readonly mayVisit?: boolean
}

function world({ isOn, actor, isVisitor = false, mayVisit = false }: There) {
  const reached: string[] = []
  const handlers = Object.fromEntries(all.map((call) => [call, () => reached.push(call)])) as unknown as Handlers<LauncherContract>
  const guarded = withinKiosk({ isOn: () => isOn, actor: () => actor, isVisitor: () => isVisitor, mayVisit: () => mayVisit }, handlers)
  for (const call of all) {
    try {
      void (guarded[call] as (input: unknown) => unknown)({})
    } catch {}
  }
  return { reached, guarded }
}

const forAnybody = [
  'account.cancelSignIn', 'account.get', 'account.signIn', 'account.signOut', 'app.retry', 'app.status', 'catalogue.list', 'household.get',
  'kiosk.finish', 'kiosk.get', 'kiosk.here', 'kiosk.leave', 'kiosk.setPin', 'kiosk.touch',
  'profiles.lock', 'profiles.open', 'profiles.touch',
]
/** Opens a box of the system, writes a file, changes who is there, or stays behind. */
const neverIn = /^(imports|ledger|views|documents)\.|export|save|picture|setPreferences|household\.(?!get|setPin)|kiosk\.begin|cancelSave/i

describe('the launcher’s calls in kiosk mode', () => {
  it('outside of it are all there', () => {
    expect(world({ isOn: false, actor: null }).reached).toEqual(all)
  })

  it('P10 with nobody there are the store and the way to a profile, and nothing else', () => {
    expect(world({ isOn: true, actor: null }).reached.toSorted()).toEqual(forAnybody)
  })

  it('P10 with an open profile are none that opens a box of the system, writes a file or stays behind', () => {
    const { reached } = world({ isOn: true, actor: 'm-theo' })
    expect(reached.filter((call) => neverIn.test(call))).toEqual([])
    expect(reached).toEqual(expect.arrayContaining(['purchase.request', 'history.search', 'controls.get', ...forAnybody]))
  })

  it('P10 with somebody who is signed in for their turn are asking for a purchase besides, and nothing of a history or of controls', () => {
    const { reached } = world({ isOn: true, actor: null, isVisitor: true })
    expect(reached.toSorted()).toEqual([...forAnybody, 'purchase.request', 'purchase.settle'].toSorted())
  })

  it('P10 do not tell whoever visits how many purchases of others are open', async () => {
    const settle = async (isOn: boolean) => {
      const handlers = { 'purchase.settle': async () => ({ stillOpen: 3 }) } as unknown as Handlers<LauncherContract>
      return withinKiosk({ isOn: () => isOn, actor: () => null, isVisitor: () => true, mayVisit: () => true }, handlers)['purchase.settle'](undefined)
    }
    expect([await settle(true), await settle(false)]).toEqual([{ stillOpen: 0 }, { stillOpen: 3 }])
  })

  it('say that it takes an account to buy, where no profile could be opened', async () => {
    const { guarded } = world({ isOn: true, actor: null, mayVisit: true })
    expect(await guarded['purchase.request']({ offerId: 'x' })).toEqual({ kind: 'refused', reason: 'accountNeeded' })
  })

  it('P10 open no browser, whoever is there', () => {
    const { guarded } = world({ isOn: true, actor: 'm-theo', isVisitor: true })
    expect(() => guarded['account.openPage']({ page: 'settings' })).toThrow('not in kiosk mode')
    expect(() => guarded['account.devices'](undefined)).toThrow('not in kiosk mode')
  })

  it('P10 are answered as where every profile is locked, where a screen asks of its own accord', async () => {
    const { guarded } = world({ isOn: true, actor: null })
    expect(await guarded['purchase.request']({ offerId: 'x' })).toEqual({ kind: 'refused', reason: 'profileLocked' })
    expect(await guarded['purchase.latest'](undefined)).toEqual({ kind: 'locked' })
    expect(() => guarded['history.search']({} as never)).toThrow('not in kiosk mode')
  })
})
