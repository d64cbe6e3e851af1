import { expect, open, test } from './stage.ts'

type Bridge = Record<string, (...args: never[]) => never> & {
  constant: { nested: { list: [number, { deep: boolean }] }; date: Date }
  process: { platform: string; type: string; sandboxed: boolean; contextIsolated: boolean; argv: string[] }
  modules: Record<string, string>
  requireFails: boolean
}
declare global {
  var bridge: Bridge
}

test.describe('context isolation', () => {
  test('gives the page the exposed keys and nothing else', async ({ app }) => {
    const { page } = await open(app)
    const { page: bare } = await open(app, { preload: null })
    const names = () => Object.getOwnPropertyNames(globalThis)
    const without = new Set(await bare.evaluate(names))
    expect((await page.evaluate(names)).filter((name) => !without.has(name)).toSorted()).toEqual(['answer', 'bridge'])
    expect(await page.evaluate(() => [typeof globalThis['require' as never], typeof globalThis['process' as never], typeof globalThis['leaked' as never]])).toEqual(['undefined', 'undefined', 'undefined'])
  })

  test('keeps the preload out of reach of globals the page changes', async ({ app }) => {
    const { page } = await open(app, { html: '<script>globalThis.Promise = null; window.JSON = undefined</script>' })
    expect(await page.evaluate(() => globalThis.bridge['sum']!(1 as never, 2 as never) as number)).toBe(3)
  })

  test('gives a sandboxed preload the documented modules and process', async ({ app }) => {
    const { page } = await open(app, { webPreferences: { additionalArguments: ['--seat=7'] } })
    const seen = await page.evaluate(() => ({ ...globalThis.bridge.process, modules: globalThis.bridge.modules, requireFails: globalThis.bridge.requireFails }))
    expect(seen).toMatchObject({ platform: process.platform, type: 'renderer', sandboxed: true, contextIsolated: true, requireFails: true })
    expect(seen.argv).toContain('--seat=7')
    expect(seen.modules).toEqual({ emitter: 'function', url: 'function', timers: 'function' })
  })

  test('does not run the preload in iframes', async ({ app }) => {
    const { page } = await open(app, { html: '<iframe srcdoc="<p>inner</p>"></iframe>' })
    await expect(page.frameLocator('iframe').locator('p')).toHaveText('inner')
    const [, inner] = page.frames()
    expect(await inner!.evaluate(() => typeof globalThis.bridge)).toBe('undefined')
  })
})

test.describe('contextBridge', () => {
  test('freezes what it exposes, all the way down', async ({ app }) => {
    const { page } = await open(app)
    const result = await page.evaluate(() => {
      'use strict'
      const attempts = [
        () => { globalThis.bridge.constant.nested.list[1].deep = false },
        () => { delete (globalThis.bridge as Partial<Bridge>).constant },
        () => { globalThis.bridge['sum'] = (() => 0) as never },
        () => { globalThis.bridge = {} as never },
      ]
      const outcomes = attempts.map((attempt) => { try { attempt(); return 'changed' } catch { return 'refused' } })
      return { outcomes, deep: globalThis.bridge.constant.nested.list[1].deep, frozen: Object.isFrozen(globalThis.bridge.constant.nested) }
    })
    expect(result).toEqual({ outcomes: ['refused', 'refused', 'refused', 'refused'], deep: true, frozen: true })
  })

  test('copies values: later changes on one side do not show on the other', async ({ app }) => {
    const { page } = await open(app)
    const same = await page.evaluate(() => {
      const given = { list: [1] }
      const got = globalThis.bridge['identity']!(given as never) as unknown as typeof given
      got.list.push(2)
      return { given, isSame: got === given }
    })
    expect(same).toEqual({ given: { list: [1] }, isSame: false })
  })

  test('carries functions both ways', async ({ app }) => {
    const { page } = await open(app)
    const results = await page.evaluate(async () => {
      const { apply, applyLater, makeAdder } = globalThis.bridge as unknown as {
        apply(step: (x: number) => number, to: number): number
        applyLater(step: (x: number) => Promise<number>, to: number): Promise<number>
        makeAdder(a: number): (b: number) => number
      }
      return [apply((x) => x * 2, 21), await applyLater(async (x) => x * 2, 20), makeAdder(1)(2)]
    })
    expect(results).toEqual([42, 41, 3])
  })

  test('keeps only the message of an error', async ({ app }) => {
    const { page } = await open(app)
    const caught = await page.evaluate(async () => {
      const look = (error: unknown) => ({ message: (error as Error).message, code: (error as { code?: string }).code, isError: error instanceof Error })
      const { throwSync, rejectLate } = globalThis.bridge as unknown as Record<string, () => Promise<void>>
      const results = []
      try { void throwSync!() } catch (error) { results.push(look(error)) }
      try { await rejectLate!() } catch (error) { results.push(look(error)) }
      return results
    })
    expect(caught).toEqual([
      { message: 'sync refusal', code: undefined, isError: true },
      { message: 'late refusal', code: undefined, isError: true },
    ])
  })

  test('carries what structured cloning carries', async ({ app }) => {
    const { page } = await open(app)
    const kinds = await page.evaluate(() => {
      const typeOf = globalThis.bridge['typeOf']! as unknown as (value: unknown) => string
      return [new Date(), new Map([[1, 2]]), new Uint8Array(3), [1], { a: 1 }, undefined, null].map((value) => typeOf(value))
    })
    expect(kinds).toEqual(['[object Date]', '[object Map]', '[object Uint8Array]', '[object Array]', '[object Object]', '[object Undefined]', '[object Null]'])
  })

  test('refuses to put an API over an existing global', async ({ app }) => {
    const { page } = await open(app, { preload: 'preload-twice.cjs' })
    expect(await page.evaluate(() => (globalThis as unknown as { second: { refused: boolean } }).second.refused)).toBe(true)
  })
})

const poison = `<script>
  const seen = globalThis.seen = []
  const { defineProperty } = Reflect
  const note = (entry) => defineProperty(seen, seen.length, { value: entry, writable: true, enumerable: true, configurable: true })
  const spy = (owner, name) => {
    const original = owner[name]
    try { Object.defineProperty(owner, name, { configurable: true, writable: true, value: function (...args) { note([name, this, args]); return Reflect.apply(original, this, args) } }) } catch {}
  }
  for (const name of ['bind', 'call', 'apply']) spy(Function.prototype, name)
  for (const name of ['push', 'map', 'forEach', 'slice', 'concat', 'join', 'filter', 'includes', 'shift', Symbol.iterator]) spy(Array.prototype, name)
  for (const name of ['then', 'catch', 'finally']) spy(Promise.prototype, name)
  for (const name of ['parse', 'stringify']) spy(JSON, name)
  for (const name of ['get', 'set', 'has', 'delete', 'forEach']) { spy(Map.prototype, name); spy(WeakMap.prototype, name) }
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) spy(EventTarget.prototype, name)
  for (const name of ['split', 'slice', 'charCodeAt', 'replace']) spy(String.prototype, name)
  for (const name of ['defineProperty', 'freeze', 'keys', 'entries', 'getOwnPropertyDescriptor', 'setPrototypeOf', 'create', 'assign']) spy(Object, name)
  document.dispatchEvent = (...args) => { note(['document.dispatchEvent', document, args]); return true }
  window.CustomEvent = function () { note(['CustomEvent', this, arguments]) }
  for (const name of ['ipcRenderer', 'detail', 'channel', 'kind', 'id', 'value', 't', 'v', 'i', 'functionId', 'promiseId', 'replace', 'finish', 'toJSON', 'resolve', 'reject', 'sender', '0']) {
    Object.defineProperty(Object.prototype, name, { configurable: true,
      get() { return undefined }, set(value) { note(['set ' + name, this, [value]]) } })
  }
</script>`

test.describe('a page that has overwritten the language under the bridge', () => {
  test('still gets right answers from it', async ({ app }) => {
    const { page } = await open(app, { html: poison })
    const cdp = await page.context().newCDPSession(page)
    const run = async (expression: string) => (await cdp.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value as unknown
    expect(await run('(async () => { const r = await bridge.echo(1, {a: [2]}); return r[0] + r[1].a[0] })()')).toBe(3)
    expect(await run('bridge.sum(20, 22)')).toBe(42)
    expect(await run('bridge.apply((x) => x + 1, 1)')).toBe(2)
    expect(await run('bridge.fail().catch((error) => error.message)')).toContain('no such offer')
  })

  test('sees no inside of the bridge, no ipcRenderer, and cannot call other channels', async ({ app }) => {
    const { page } = await open(app, { html: poison })
    const cdp = await page.context().newCDPSession(page)
    const expression = `(async () => {
      seen.length = 0
      await bridge.echo('mine'); bridge.sum(1, 2); bridge.onNews(() => {}); await bridge.applyLater(async (x) => x, 1); await bridge.fail().catch(() => {})
      const texts = seen.map(([name, self, args]) => {
        const reach = [self, ...args]
        const suspicious = reach.filter((each) => (typeof each === 'object' && each !== null && (typeof each.invoke === 'function' || each instanceof ShadowRoot || each instanceof Event))
          || (typeof each === 'string' && /toMain|toPreload|handshake|eoc-/.test(each)))
        return suspicious.length > 0 ? String(name) : ''
      })
      return texts.filter(Boolean).join()
    })()`
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    expect(exceptionDetails?.exception?.description).toBe(undefined)
    expect(result.value).toBe('')
  })
})
