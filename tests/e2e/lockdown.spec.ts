/** Electron's security checklist as behaviour, on one running app; docs/SECURITY-CHECKLIST.md says which item is held by what. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { expect, test as base } from '../support/fixtures.ts'
import { hostileUrls } from '../support/hostile-urls.ts'
import { launchTuppence, type Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import type { ConfirmPage } from '../support/pages/confirm-page.ts'

interface App {
  readonly tuppence: Tuppence
  readonly confirm: ConfirmPage
  /** Both windows' pages, by their names. */
  readonly pages: readonly (readonly [name: 'launcher' | 'confirm', page: Page])[]
}

const test = base.extend<object, { app: App }>({
  app: [
    async ({ display }, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'tuppence-lockdown-'))
      const keychain = await startPrivateKeychain()
      const preload = fileURLToPath(new URL('../support/watch-network.cjs', import.meta.url))
      const tuppence = await launchTuppence({ dataDir, preload, env: { ...display.env, ...keychain.env } })
      await tuppence.launcher.buy(cheapOffer.title)
      const confirm = await tuppence.confirm()
      await use({ tuppence, confirm, pages: [['launcher', tuppence.launcher.page], ['confirm', confirm.page]] })
      await tuppence.close().catch(() => null)
      await keychain.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
    { scope: 'worker' },
  ],
})
// One app for all of them, in this order.
test.describe.configure({ mode: 'default' })

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

test('P7 every response has exactly this content security policy, also one for what is not there', async ({ app }) => {
  for (const [name, page] of app.pages) {
    const responses: { url: string; status: number; policy: string | undefined; sniff: string | undefined }[] = []
    page.on('response', (response) => {
      const headers = response.headers()
      responses.push({ url: response.url(), status: response.status(), policy: headers['content-security-policy'], sniff: headers['x-content-type-options'] })
    })
    await page.reload()
    await page.evaluate(() => {
      const image = new Image()
      const failed = new Promise<void>((done) => image.addEventListener('error', () => done()))
      image.src = '/assets/not-there.svg'
      return failed
    })
    await expect.poll(() => responses.map(({ status }) => status), name).toContain(404)
    expect(responses.length, name).toBeGreaterThan(3)
    for (const { url, policy: sent, sniff } of responses) expect({ url, sent, sniff }).toEqual({ url, sent: policy, sniff: 'nosniff' })
    page.removeAllListeners('response')
  }
})

test('P7 no way of making a script or a document out of text works in the real pages', async ({ app }) => {
  for (const [name, page] of app.pages) {
    const outcomes = await page.evaluate(async () => {
      const found: Record<string, string> = {}
      const w = window as unknown as { ran?: string }
      delete w.ran
      // Outside of the debugger's own call, which may evaluate what the page's policy forbids.
      const attempt = async (label: string, act: () => unknown) => {
        await new Promise((later) => setTimeout(later))
        found[label] = await Promise.resolve().then(act).then(() => 'no error', (error: Error) => error.name)
      }
      const dataModule = 'data:text/javascript,window.ran=1'
      const mark = "window.ran = 'yes'"
      const html = `<img src=x onerror="${mark}"><script>${mark}</script>`
      const element = <K extends keyof HTMLElementTagNameMap>(tag: K) => document.body.appendChild(document.createElement(tag))
      await attempt('eval', () => (0, eval)(mark))
      await attempt('new Function', () => Reflect.construct(Function, [mark]) as unknown)
      await attempt('setTimeout of text', () => setTimeout(mark as unknown as () => void))
      await attempt('innerHTML', () => (element('div').innerHTML = html))
      await attempt('outerHTML', () => (element('div').outerHTML = html))
      await attempt('insertAdjacentHTML', () => element('div').insertAdjacentHTML('beforeend', html))
      await attempt('document.write', () => (document as unknown as { write(text: string): void }).write(html))
      await attempt('DOMParser', () => new DOMParser().parseFromString(html, 'text/html'))
      await attempt('createContextualFragment', () => document.createRange().createContextualFragment(html))
      await attempt('srcdoc', () => (document.createElement('iframe').srcdoc = html))
      await attempt('text of a script', () => (document.createElement('script').text = mark))
      await attempt('address of a script', () => (document.createElement('script').src = 'https://evil.example/x.js'))
      await attempt('handler attribute', () => element('div').setAttribute('onclick', mark))
      await attempt('a policy of its own', () => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy('default', {}))
      await attempt('a worker', () => new Worker('/assets/x.js'))
      await attempt('a worker from data', () => new Worker('data:text/javascript,postMessage(1)'))
      await attempt('a worker from a blob', () => new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))))
      await attempt('a shared worker', () => new SharedWorker('/assets/x.js'))
      await attempt('a service worker', () => navigator.serviceWorker.register('/assets/x.js'))
      await attempt('a module from elsewhere', () => import(dataModule))
      await attempt('a script of nodes', () => {
        const script = document.createElement('script')
        script.append(document.createTextNode(mark))
        document.body.append(script)
        if (w.ran) return
        throw new TypeError('did not run')
      })
      const link = element('a')
      link.href = `javascript:${mark}`
      link.click()
      const style = element('style')
      style.textContent = ':root { --was-inline: yes }'
      await new Promise((done) => setTimeout(done))
      found['javascript: link'] = w.ran ?? 'did not run'
      found['inline style'] = getComputedStyle(document.documentElement).getPropertyValue('--was-inline') || 'did not apply'
      for (const one of document.querySelectorAll('body > :is(a, style, script), body > div:empty')) if (one.id === '') one.remove()
      return found
    })
    const { eval: evaluated, 'new Function': made, 'a module from elsewhere': imported, 'javascript: link': link, 'inline style': style, ...rest } = outcomes
    expect([evaluated, made, imported, link, style], name).toEqual(['EvalError', 'EvalError', 'TypeError', 'did not run', 'did not apply'])
    expect(Object.entries(rest).filter(([, outcome]) => !['TypeError', 'SecurityError', 'EvalError'].includes(outcome)), name).toEqual([])
    expect(Object.keys(rest).length).toBeGreaterThan(15)
  }
})

test('P10 nothing of a page reaches the network: no image, style, font, frame or beacon, no WebRTC, no preconnect', async ({ app }) => {
  let knocks = 0
  const tcp = createServer((socket) => {
    knocks += 1
    socket.on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const udp = createSocket('udp4').on('message', () => void (knocks += 1))
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const ports = { tcp: (tcp.address() as AddressInfo).port, udp: udp.address().port }
  for (const [, page] of app.pages) {
    const gathered = await page.evaluate(async ({ tcp, udp }) => {
      const base = `http://127.0.0.1:${tcp}`
      const append = (tag: string, attributes: Record<string, string>) => {
        const one = document.createElement(tag)
        try {
          for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value)
        } catch {
          // Trusted Types have refused the address already.
        }
        document.head.append(one)
        made.push(one)
      }
      const made: Element[] = []
      for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'prerender', 'modulepreload', 'stylesheet', 'icon', 'manifest']) append('link', { rel, href: `${base}/${rel}`, as: 'image' })
      for (const tag of ['img', 'iframe', 'embed', 'audio', 'video', 'source', 'track', 'input']) append(tag, { src: `${base}/${tag}`, type: 'image' })
      append('object', { data: `${base}/object` })
      append('style', {})
      const quiet = (act: () => unknown) => Promise.resolve().then(act).catch(() => null)
      await Promise.all([
        quiet(() => fetch(base)), quiet(() => navigator.sendBeacon(base, 'x')), quiet(() => new WebSocket(`ws://127.0.0.1:${tcp}`)), quiet(() => new EventSource(base)),
        quiet(() => new WebTransport(`https://127.0.0.1:${udp}`).ready), quiet(() => new FontFace('x', `url(${base}/font)`).load()),
      ])
      const peer = new RTCPeerConnection({
        iceServers: [{ urls: [`stun:127.0.0.1:${udp}`, `stun:localhost:${udp}`] }, { urls: [`turn:127.0.0.1:${tcp}?transport=tcp`], username: 'a', credential: 'b' }],
      })
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
      // It gathers for seconds while it can send; with nothing to send by it has done so at once.
      await Promise.race([new Promise((done) => peer.addEventListener('icegatheringstatechange', done)), new Promise((done) => setTimeout(done, 1_500))])
      await new Promise((done) => setTimeout(done, 700))
      const candidates = peer.localDescription?.sdp.match(/candidate/g)?.length ?? 0
      peer.close()
      for (const one of made) one.remove()
      return candidates
    }, ports)
    expect(gathered).toBe(0)
  }
  expect(knocks).toBe(0)
  tcp.close()
  udp.close()
})

const nodeNames = ['require', 'process', 'module', 'exports', 'global', 'Buffer', 'setImmediate', '__dirname', 'electron', 'ipcRenderer']

test('P7 no frame of a page has Node, a bridge, or a document of its own', async ({ app }) => {
  for (const [name, page] of app.pages) {
    const frames = await page.evaluate((names) => {
      const look = (scope: object | null) => (scope ? names.filter((one) => one in scope) : [])
      const empty = document.body.appendChild(document.createElement('iframe'))
      const sandboxed = document.createElement('iframe')
      sandboxed.setAttribute('sandbox', 'allow-scripts allow-same-origin')
      document.body.append(sandboxed)
      const seen = { page: look(window), empty: look(empty.contentWindow), sandboxed: look(sandboxed.contentWindow), bridges: [empty, sandboxed].filter((frame) => look(frame.contentWindow).length > 0).length }
      const bridges = ['tuppence', 'confirmation'].filter((bridge) => empty.contentWindow && bridge in empty.contentWindow)
      empty.remove()
      sandboxed.remove()
      return { ...seen, bridges }
    }, nodeNames)
    expect(frames, name).toEqual({ page: [], empty: [], sandboxed: [], bridges: [] })
    const loaded = await page.evaluate(async () => {
      const outcomes: string[] = []
      for (const src of ['/launcher/index.html', '/confirm/index.html', 'data:text/html,x', 'https://evil.example/', URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))]) {
        const frame = document.createElement('iframe')
        const blocked = new Promise<string>((done) => {
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => done(effectiveDirective), { once: true })
          setTimeout(done, 3_000, 'loaded')
        })
        frame.src = src
        document.body.append(frame)
        outcomes.push(await blocked)
        frame.remove()
      }
      return outcomes
    })
    expect(loaded, name).toEqual(Array.from({ length: 5 }, () => 'frame-src'))
  }
})

test('P7 a page that has replaced what JavaScript is made of gets nothing of the other side, and main gets what is its own', async ({ app }) => {
  const outcome = await app.tuppence.launcher.page.evaluate(async () => {
    const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect
    const ObjectPrototype = Object.prototype
    const bridge = window.tuppence
    const before = JSON.stringify(await bridge.app.status())
    const seen: unknown[] = []
    const undo: (() => void)[] = []
    const { push } = Array.prototype
    const note = (values: unknown[]) => void apply(push, seen, values)
    const replace = (owner: object, key: PropertyKey, descriptor: PropertyDescriptor) => {
      const original = getOwnPropertyDescriptor(owner, key)
      defineProperty(owner, key, { configurable: true, ...descriptor })
      apply(push, undo, [() => (original ? defineProperty(owner, key, original) : Reflect.deleteProperty(owner, key))])
    }
    const spyOn = (owner: object, keys: readonly PropertyKey[]) => {
      for (const key of keys) {
        const original = (owner as Record<PropertyKey, unknown>)[key]
        if (typeof original !== 'function') continue
        replace(owner, key, {
          writable: true,
          value(this: unknown, ...args: unknown[]) {
            note([this, ...args])
            return apply(original, this, args) as unknown
          },
        })
      }
    }
    const results: Record<string, string> = {}
    try {
      spyOn(Function.prototype, ['call', 'apply', 'bind'])
      spyOn(Promise.prototype, ['then', 'catch', 'finally'])
      spyOn(Promise, ['resolve', 'reject', 'all'])
      spyOn(JSON, ['parse', 'stringify'])
      spyOn(Object, ['keys', 'entries', 'assign', 'freeze', 'defineProperty', 'fromEntries', 'getPrototypeOf', 'create'])
      spyOn(Array.prototype, ['push', 'map', 'forEach', 'slice', 'concat', 'indexOf', 'shift', 'splice'])
      spyOn(Map.prototype, ['get', 'set', 'has', 'delete'])
      spyOn(WeakMap.prototype, ['get', 'set', 'has'])
      spyOn(String.prototype, ['split', 'slice', 'replace', 'charAt'])
      spyOn(EventTarget.prototype, ['addEventListener', 'dispatchEvent'])
      for (const key of ['offerId', 'input', 'channel', 'args', 'id', 'data', 'resolve', 'sender']) {
        replace(ObjectPrototype, key, {
          get(this: unknown) {
            note([this])
            return key === 'offerId' ? 'cheesecake' : undefined
          },
          set(this: object, value: unknown) {
            note([this, value])
            defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true })
          },
        })
      }
      results['status'] = JSON.stringify(await bridge.app.status())
      const wordOf = (promise: Promise<unknown>) => promise.then(() => 'answered', (error: Error) => error.message)
      results['an offer only in the prototype'] = await wordOf(bridge.purchase.request({} as never))
      results['a getter'] = await wordOf(bridge.purchase.request({ get offerId() { return { toString: () => 'x' } } } as never))
      results['a proxy'] = await wordOf(Promise.resolve().then(() => bridge.purchase.request(new Proxy({}, { get: () => 'x', ownKeys: () => ['offerId', 'amount'] }) as never)))
      results['a function'] = await wordOf(Promise.resolve().then(() => bridge.purchase.request((() => 'x') as never)))
      bridge.app.onChanged(() => {})()
    } finally {
      for (const one of undo.reverse()) one()
    }
    // Everything that came by belongs to this page: its prototypes end in this page's own.
    const foreign = seen.filter((value) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
      let top: object = value
      for (let next = getPrototypeOf(top); next; next = getPrototypeOf(next)) top = next
      const hasNoPrototype = top === value
      return !hasNoPrototype && top !== ObjectPrototype
    })
    const telling = seen.filter((value) => typeof value === 'object' && value !== null && ['ipcRenderer', 'sendSync', 'require'].some((name) => name in value))
    return { results, same: results['status'] === before, seen: seen.length, foreign: foreign.length, telling: telling.length }
  })
  expect(outcome).toMatchObject({ same: true, foreign: 0, telling: 0 })
  expect(outcome.seen).toBeGreaterThan(0)
  const { status: _status, ...refused } = outcome.results
  for (const [what, word] of Object.entries(refused)) expect(word, what).toMatch(/refused|could not be cloned|cannot be|DataCloneError/i)
})

/** Everything that Chromium lets a page ask the state of (chromium: third_party/blink/renderer/modules/permissions/permission_descriptor.idl). */
const permissionNames = [
  'accelerometer', 'ambient-light-sensor', 'background-fetch', 'background-sync', 'camera', 'captured-surface-control', 'clipboard-read', 'clipboard-write', 'display-capture', 'geolocation', 'gyroscope', 'hand-tracking',
  'idle-detection', 'keyboard-lock', 'local-fonts', 'local-network', 'local-network-access', 'loopback-network', 'magnetometer', 'microphone', 'midi', 'nfc', 'notifications', 'payment-handler', 'periodic-background-sync', 'persistent-storage',
  'pointer-lock', 'screen-wake-lock', 'speaker-selection', 'storage-access', 'window-management',
]

test('P7 P10 both pages are granted nothing, asked for or looked up', async ({ app }) => {
  for (const [name, page] of app.pages) {
    const states = await page.evaluate(
      (names) => Promise.all(names.map(async (one) => [one, await navigator.permissions.query({ name: one as PermissionName }).then(({ state }) => state as string, () => 'unknown')] as const)),
      permissionNames,
    )
    // A page that stands by itself needs nobody's leave for its own storage, so Chromium gives no answer there.
    const open = states.filter(([one, state]) => state !== 'denied' && state !== 'unknown' && !(one === 'storage-access' && state === 'prompt'))
    expect(open, name).toEqual([])
    expect(states.filter(([, state]) => state === 'denied').length, name).toBeGreaterThan(15)
    const asked = await page.evaluate(async () => {
      const nameOf = (error: Error) => error.name
      const n = navigator as unknown as Record<string, Record<string, (options: object) => Promise<unknown>>>
      const ask = (act: () => Promise<unknown> | undefined) => Promise.resolve().then(act).then((value) => ([undefined, false, 'denied'].includes(value as string) || (Array.isArray(value) && value.length === 0) ? 'nothing' : 'granted'), nameOf)
      return {
        screen: await ask(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
        midi: await ask(() => navigator.requestMIDIAccess({ sysex: true })),
        clipboard: await ask(() => navigator.clipboard.readText()),
        bluetooth: await ask(() => n['bluetooth']?.['requestDevice']?.({ acceptAllDevices: true })),
        usb: await ask(() => n['usb']?.['requestDevice']?.({ filters: [] })),
        hid: await ask(() => n['hid']?.['requestDevice']?.({ filters: [] })),
        serial: await ask(() => n['serial']?.['requestPort']?.({})),
        notification: await ask(() => Notification.requestPermission()),
        storage: await ask(() => navigator.storage.persist()),
      }
    })
    expect(Object.entries(asked).filter(([, outcome]) => outcome === 'granted'), name).toEqual([])
  }
})

test(`P7 neither page goes to or opens any of ${hostileUrls.length} addresses`, async ({ app }) => {
  expect(hostileUrls.length).toBeGreaterThanOrEqual(200)
  // An address without a request replaces the document before anybody can be asked; the guards are told of it all the same.
  const told = hostileUrls.filter((url) => !/^(about|blob|filesystem):/.test(url))
  const asked = await app.tuppence.electron.evaluateHandle(({ webContents }) => {
    const seen: { url: string; isRefused: boolean }[] = []
    for (const contents of webContents.getAllWebContents()) contents.on('will-frame-navigate', (event) => void seen.push({ url: event.url, isRefused: event.defaultPrevented }))
    return seen
  })
  for (const [index, [name, page]] of app.pages.entries()) {
    const before = page.url()
    const windows = app.tuppence.electron.windows().length
    const opened = await page.evaluate(
      async ({ all, some }) => {
        ;(window as unknown as { stillHere: boolean }).stillHere = true
        let opened = 0
        for (const url of all) {
          try {
            if (window.open(url)) opened += 1
          } catch {
            // It is no address at all.
          }
        }
        const link = document.body.appendChild(document.createElement('a'))
        for (const url of some) {
          link.href = url
          link.click()
          await new Promise((done) => setTimeout(done, 15))
        }
        link.remove()
        return opened
      },
      // Chromium ignores more than 200 of a page within ten seconds, so each goes to half of them.
      { all: hostileUrls, some: told.filter((_, place) => place % 2 === index) },
    )
    expect(opened, name).toBe(0)
    await expect.poll(() => page.evaluate(() => (window as unknown as { stillHere?: boolean }).stillHere), name).toBe(true)
    expect(page.url(), name).toBe(before)
    expect(app.tuppence.electron.windows().length, name).toBe(windows)
  }
  const seen = await asked.jsonValue()
  // The rest Chromium itself refuses, before anybody is asked.
  expect(seen.length).toBeGreaterThan(100)
  expect(seen.filter(({ isRefused }) => !isRefused)).toEqual([])
})

test('the windows of a sandbox build say that no real money moves', async ({ app }) => {
  for (const [name, page] of app.pages) await expect(page.getByText('no real money').first(), name).toBeVisible()
})

test('P10 through a purchase the pages ask for app:// alone, and main connects to the gateway alone', async ({ app: { tuppence, confirm } }) => {
  await confirm.approve()
  await expect.poll(async () => (await tuppence.sandbox.charges()).length).toBe(1)
  const seen = await tuppence.electron.evaluate(() => (globalThis as unknown as { networkSeen: { requests: string[]; connections: string[] } }).networkSeen)
  const { url } = await tuppence.electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())
  expect(seen.requests.filter((one) => one.startsWith('app://launcher/')).length).toBeGreaterThan(3)
  expect(seen.requests.filter((one) => one.startsWith('app://confirm/')).length).toBeGreaterThan(3)
  expect(seen.requests.filter((one) => !/^app:\/\/(launcher|confirm)\//.test(one))).toEqual([])
  expect([...new Set(seen.connections)]).toEqual([new URL(url).host])
})
