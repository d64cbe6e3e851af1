import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { confirmContract } from '../../../src/contract/ipc/confirm.ts'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'

type Bridge = Record<string, Record<string, (...args: unknown[]) => unknown>>

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  emitter: null as EventEmitter | null,
}))

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, bridge: unknown) => void electron.exposed.set(name, bridge) },
  ipcRenderer: {
    invoke: (...args: unknown[]) => {
      electron.invoked.push(args)
      return Promise.resolve('answer')
    },
    on: (channel: string, listener: () => void) => electron.emitter?.on(channel, listener),
    off: (channel: string, listener: () => void) => electron.emitter?.off(channel, listener),
  },
}))

const { exposeContract } = await import('../../../src/preload/expose-contract.ts')

beforeEach(() => {
  electron.exposed.clear()
  electron.invoked.length = 0
  electron.emitter = new EventEmitter()
})

function expose(contract: typeof launcherContract | typeof confirmContract): Bridge {
  exposeContract(contract)
  return electron.exposed.get(contract.bridge) as Bridge
}

const methodsOf = (bridge: Bridge) =>
  Object.entries(bridge).flatMap(([topic, actions]) => Object.keys(actions).map((action) => `${topic}.${action}`))

describe('what a page can call', () => {
  it('P7 in the launcher is exactly this', () => {
    expect(methodsOf(expose(launcherContract)).toSorted()).toEqual([
      'account.cancelSignIn',
      'account.devices',
      'account.get',
      'account.onChanged',
      'account.openPage',
      'account.signIn',
      'account.signOut',
      'account.signOutDevice',
      'account.signOutEverywhere',
      'app.onChanged',
      'app.retry',
      'app.setPreferences',
      'app.status',
      'catalogue.list',
      'controls.change',
      'controls.get',
      'controls.loosen',
      'controls.onChanged',
      'controls.preview',
      'controls.setReminder',
      'controls.withdrawLoosening',
      'disputes.open',
      'documents.saveReceipt',
      'exclusion.askReturn',
      'exclusion.begin',
      'family.get',
      'family.onChanged',
      'history.cancelExport',
      'history.export',
      'history.facets',
      'history.onChanged',
      'history.onExportProgress',
      'history.purchase',
      'history.search',
      'history.summary',
      'household.addMember',
      'household.get',
      'household.onChanged',
      'household.rename',
      'household.setPin',
      'household.setSecondFactor',
      'household.setUp',
      'imports.cancel',
      'imports.choose',
      'imports.commit',
      'imports.list',
      'imports.onProgress',
      'imports.remap',
      'imports.reread',
      'imports.rows',
      'imports.undo',
      'insight.get',
      'insight.savePicture',
      'kiosk.begin',
      'kiosk.finish',
      'kiosk.get',
      'kiosk.here',
      'kiosk.leave',
      'kiosk.onAsked',
      'kiosk.onChanged',
      'kiosk.setPin',
      'kiosk.touch',
      'ledger.backUp',
      'ledger.care',
      'ledger.diagnose',
      'ledger.onChanged',
      'ledger.reconcile',
      'ledger.repair',
      'ledger.verify',
      'posture.get',
      'posture.save',
      'profiles.lock',
      'profiles.open',
      'profiles.touch',
      'purchase.latest',
      'purchase.onProgress',
      'purchase.request',
      'purchase.settle',
      'requests.answer',
      'requests.ask',
      'requests.withdraw',
      'statements.cancelSave',
      'statements.get',
      'statements.months',
      'statements.onProgress',
      'statements.save',
      'views.get',
      'views.keep',
      'views.remove',
      'views.save',
    ])
    expect([...electron.exposed.keys()]).toEqual(['tuppence'])
  })

  it('P7 in the confirm window is exactly this', () => {
    expect(methodsOf(expose(confirmContract)).toSorted()).toEqual([
      'challenge.approve',
      'challenge.cancel',
      'challenge.deny',
      'challenge.get',
      'question.answer',
      'question.cancel',
      'question.onChanged',
      'stepUp.sendCode',
      'window.onDisturbed',
      'window.onTurn',
      'window.touch',
    ])
    expect([...electron.exposed.keys()]).toEqual(['confirmation'])
  })

  it('P7 passes one input on, to its own channel, whatever else the page hands over', async () => {
    const bridge = expose(launcherContract)
    expect(await bridge['purchase']?.['request']?.({ offerId: 'x' }, 'confirmation:challenge.approve', 1)).toBe('answer')
    expect(electron.invoked).toEqual([['tuppence:purchase.request', { offerId: 'x' }]])
  })
})

describe('subscribing', () => {
  it('P7 hands over the data and nothing of Electron', () => {
    const seen: unknown[][] = []
    expose(launcherContract)['history']?.['onChanged']?.((...args: unknown[]) => seen.push(args))
    electron.emitter?.emit('tuppence:history.changed', { sender: 'ipcRenderer', ports: [] }, { some: 'data' }, 'more')
    expect(seen).toEqual([[{ some: 'data' }]])
  })

  it('ends when the page says so, for that listener only', () => {
    const { app } = expose(launcherContract)
    const seen: string[] = []
    const stop = app?.['onChanged']?.(() => seen.push('first')) as () => void
    app?.['onChanged']?.(() => seen.push('second'))
    stop()
    stop()
    electron.emitter?.emit('tuppence:app.changed', {}, {})
    expect(seen).toEqual(['second'])
    expect(electron.emitter?.listenerCount('tuppence:app.changed')).toBe(1)
  })
})
