import type { IpcMainInvokeEvent, WebContents } from 'electron'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { channelName, type Contract, type Handlers } from '../../../src/contract/ipc/channel.ts'
import { confirmContract } from '../../../src/contract/ipc/confirm.ts'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import type { TrustedPage } from '../../../src/main/ipc/sender.ts'
import { createEmit, serveContract } from '../../../src/main/ipc/serve-contract.ts'

const contract = {
  bridge: 'test',
  calls: {
    'money.pay': { input: v.strictObject({ cents: v.number() }), output: v.strictObject({ paid: v.boolean() }) },
    'app.status': { input: v.undefined(), output: v.string() },
  },
  events: { 'app.changed': v.strictObject({ step: v.number() }) },
} as const satisfies Contract

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>

function fakeContents(url = 'app://launcher/launcher/index.html') {
  const sent: unknown[][] = []
  const contents = {
    mainFrame: { url },
    sent,
    destroyed: false,
    isDestroyed: () => contents.destroyed,
    send: (...args: unknown[]) => void sent.push(args),
  }
  return contents
}

function serve<C extends Contract>(served: C, handlers: Handlers<C>, contents: unknown = fakeContents()) {
  const listeners = new Map<string, Listener>()
  const reports: { channel: string; error: unknown }[] = []
  const page: TrustedPage = { contents: () => contents as WebContents | null, origin: 'app://launcher' }
  const ipcMain = { handle: (channel: string, listener: unknown) => void listeners.set(channel, listener as Listener) }
  serveContract(ipcMain, served, page, handlers, (channel, error) => void reports.push({ channel, error }))
  const call = (channel: string, event: unknown, ...args: unknown[]) =>
    listeners.get(channel)?.(event as IpcMainInvokeEvent, ...args) ?? Promise.reject(new Error('no such channel'))
  return { listeners, reports, call }
}

function serveTest(contents = fakeContents()) {
  const inputs: unknown[] = []
  const handlers: Handlers<typeof contract> = {
    'money.pay': (input) => {
      inputs.push(input)
      return { paid: true }
    },
    'app.status': () => 'fine',
  }
  const from = { sender: contents, senderFrame: contents.mainFrame }
  return { ...serve(contract, handlers, contents), inputs, from, contents }
}

const refused = 'refused'

describe('a call from the page that a channel belongs to', () => {
  it('is answered by its handler', async () => {
    const { call, from, inputs, reports } = serveTest()
    expect(await call('test:money.pay', from, { cents: 5 })).toEqual({ paid: true })
    expect(await call('test:app.status', from)).toBe('fine')
    expect(await call('test:app.status', from, undefined)).toBe('fine')
    expect(inputs).toEqual([{ cents: 5 }])
    expect(reports).toEqual([])
  })

  it.each([
    ['an extra key', [{ cents: 5, currency: 'EUR' }]],
    ['a missing key', [{}]],
    ['another type', [{ cents: '5' }]],
    ['no input', []],
    ['a list', [[5]]],
    ['a second argument', [{ cents: 5 }, { cents: 6 }]],
    ['null', [null]],
  ])('P7 with %s is refused before the handler sees it', async (_, args) => {
    const { call, from, inputs, reports } = serveTest()
    await expect(call('test:money.pay', from, ...args)).rejects.toThrow(refused)
    expect(inputs).toEqual([])
    expect(reports).toHaveLength(1)
  })

  it('P7 with input where none belongs is refused', async () => {
    const { call, from } = serveTest()
    await expect(call('test:app.status', from, {})).rejects.toThrow(refused)
  })
})

describe('P7 a call from anywhere else is refused before anything is done', () => {
  const own = fakeContents()
  const other = fakeContents()
  const cases: [string, () => unknown][] = [
    ['another window', () => ({ sender: other, senderFrame: other.mainFrame })],
    ['another window that borrows the frame', () => ({ sender: other, senderFrame: own.mainFrame })],
    ['a frame inside the page', () => ({ sender: own, senderFrame: { url: own.mainFrame.url } })],
    ['a frame that is gone', () => ({ sender: own, senderFrame: null })],
  ]
  it.each(cases)('%s', async (_, event) => {
    const { call, inputs, reports } = serveTest(own)
    await expect(call('test:money.pay', event(), { cents: 5 })).rejects.toThrow(refused)
    expect(inputs).toEqual([])
    expect(reports).toHaveLength(1)
  })

  it.each([
    'app://confirm/launcher/index.html',
    'app://launcher.evil/index.html',
    'app://evil/app://launcher/',
    'app://launcher:80/index.html',
    'app://launcher@evil/index.html',
    'https://launcher/index.html',
    'file:///launcher/index.html',
    'data:text/html,app://launcher',
    'blob:app://launcher/0d0c',
    'about:blank',
    'javascript:1',
    '',
  ])('the page itself once it is at %s', async (url) => {
    const contents = fakeContents(url)
    const { call, from, inputs } = serveTest(contents)
    await expect(call('test:money.pay', from, { cents: 5 })).rejects.toThrow(refused)
    expect(inputs).toEqual([])
  })

  it('anyone while the window is closed', async () => {
    const handlers = { 'money.pay': () => ({ paid: true }), 'app.status': () => 'fine' }
    const { call } = serve(contract, handlers, null)
    const stranger = fakeContents()
    await expect(call('test:app.status', { sender: stranger, senderFrame: stranger.mainFrame })).rejects.toThrow(refused)
  })
})

describe('what a handler does wrong', () => {
  const from = fakeContents()
  const event = { sender: from, senderFrame: from.mainFrame }

  it.each<[string, unknown]>([
    ['leaves out a key', {}],
    ['adds a key', { paid: true, secret: 'key' }],
    ['gives another type', { paid: 'yes' }],
    ['gives nothing', undefined],
  ])('P7 is not passed on when it %s', async (_, output) => {
    const handlers = { 'money.pay': () => output as { paid: boolean }, 'app.status': () => 'fine' }
    const { call, reports } = serve(contract, handlers, from)
    await expect(call('test:money.pay', event, { cents: 5 })).rejects.toThrow(refused)
    expect(reports).toHaveLength(1)
  })

  it('P7 a throw tells the page one word, and the report what it was', async () => {
    const bug = new Error('SELECT * FROM secrets')
    const handlers = { 'money.pay': () => Promise.reject(bug), 'app.status': () => 'fine' }
    const { call, reports } = serve(contract, handlers, from)
    const error: unknown = await call('test:money.pay', event, { cents: 5 }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ message: refused })
    expect((error as Error).cause ?? null).toBeNull()
    expect(reports).toEqual([{ channel: 'test:money.pay', error: bug }])
  })
})

describe.each([
  ['launcher', launcherContract],
  ['confirm', confirmContract],
])('the %s contract', (_, table) => {
  const names = Object.keys(table.calls)
  const served = (contents: unknown = fakeContents()) => {
    const called: string[] = []
    const handlers = Object.fromEntries(names.map((name) => [name, () => void called.push(name)]))
    return { ...serve(table as Contract, handlers as Handlers<Contract>, contents), called }
  }

  it('P7 registers its calls and nothing else', () => {
    expect([...served().listeners.keys()].toSorted()).toEqual(names.map((name) => channelName(table, name)).toSorted())
  })

  it.each(names)('P7 refuses %s to everybody but the page itself: another sender, frame or origin, or one that is gone', async (name) => {
    const own = fakeContents()
    const stranger = fakeContents()
    const other = fakeContents('app://confirm/confirm/index.html')
    const gone = { ...fakeContents(), get mainFrame(): never { throw new TypeError('Object has been destroyed') } }
    const frames: unknown[] = [{ url: own.mainFrame.url }, { url: own.mainFrame.url, parent: own.mainFrame }, null, undefined, own.mainFrame, stranger.mainFrame, other.mainFrame]
    const senders: [page: unknown, sender: unknown][] = [[own, own], [own, stranger], [own, other], [own, null], [null, own], [gone, gone], [other, other]]
    const matrix = senders.flatMap(([page, sender]) => frames.map((senderFrame) => ({ page, sender, senderFrame })))
    const moved = ['app://evil/launcher/index.html', 'app://launcher.evil/', 'https://launcher/', 'about:blank', 'data:text/html,x', 'blob:app://launcher/x', ''].map((url) => {
      const page = fakeContents(url)
      return { page, sender: page, senderFrame: page.mainFrame }
    })
    const foreign = [...matrix, ...moved].filter(({ page, sender, senderFrame }) => !(page === own && sender === own && senderFrame === own.mainFrame))
    expect(foreign).toHaveLength(senders.length * frames.length + moved.length - 1)
    for (const { page, sender, senderFrame } of foreign) {
      const { call, called } = served(page)
      const error: unknown = await call(channelName(table, name), { sender, senderFrame }).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ message: refused })
      expect((error as Error).cause).toBeUndefined()
      expect(called).toEqual([])
    }
  })
})

describe('the two contracts', () => {
  it('P1 share no channel: the launcher has no way to approve', () => {
    const launcher = Object.keys(launcherContract.calls).map((name) => channelName(launcherContract, name))
    const confirm = Object.keys(confirmContract.calls).map((name) => channelName(confirmContract, name))
    expect(launcher.filter((channel) => confirm.includes(channel))).toEqual([])
    expect(launcher.filter((channel) => /approve|challenge|confirm/i.test(channel))).toEqual([])
  })
})

describe('telling the page', () => {
  const emitTo = (contents: unknown) =>
    createEmit(contract, { contents: () => contents as WebContents | null, origin: 'app://launcher' })

  it('sends what the contract knows, on its own channel', () => {
    const contents = fakeContents()
    emitTo(contents)('app.changed', { step: 1 })
    expect(contents.sent).toEqual([['test:app.changed', { step: 1 }]])
  })

  it('P7 sends nothing that the contract does not know', () => {
    const contents = fakeContents()
    const extra = { step: 1, secret: 'key' }
    expect(() => emitTo(contents)('app.changed', extra)).toThrow()
    expect(contents.sent).toEqual([])
  })

  it('is silent while the window is closed or going', () => {
    const contents = fakeContents()
    contents.destroyed = true
    emitTo(contents)('app.changed', { step: 1 })
    emitTo(null)('app.changed', { step: 1 })
    expect(contents.sent).toEqual([])
  })
})
