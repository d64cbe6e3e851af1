import { describe, expect, it } from 'vitest'
import { normalizeAccelerator } from '../src/accelerator.ts'
import { parseCommandLine } from '../src/command-line.ts'
import { createCodec } from '../src/inject/codec.ts'
import { createReservedOrigins, partitionLabel } from '../src/reserved-origins.ts'
import { matchesPattern } from '../src/web-request.ts'

describe('codec', () => {
  const { encode, decode } = createCodec()
  const there = (value: unknown) => decode(encode(value))

  it('carries everything structured cloning carries', () => {
    const value = { n: [1, -0, Number.NaN, Infinity, 12n], u: undefined, d: new Date(7), r: /a+/gi, m: new Map([[{ k: 1 }, new Set(['x'])]]), b: new Uint16Array([1, 65535]), s: 'ü\0€' }
    expect(there(value)).toEqual(value)
    expect(Object.is((there([-0]) as number[])[0], -0)).toBe(true)
  })
  it('keeps cycles and shared references', () => {
    const value: Record<string, unknown> = { shared: {} }
    value['self'] = value
    value['again'] = value['shared']
    const got = there(value) as typeof value
    expect(got['self']).toBe(got)
    expect(got['again']).toBe(got['shared'])
  })
  it('keeps of an error its name and message alone', () => {
    const got = there(Object.assign(new RangeError('m'), { secret: 1 })) as RangeError & { secret?: number }
    expect([got instanceof RangeError, got.message, got.secret, got.stack]).toEqual([true, 'm', undefined, 'RangeError: m'])
  })
  it('makes __proto__ a property, never a prototype', () => {
    const got = there(JSON.parse('{"__proto__": {"polluted": true}}')) as object
    expect([Object.getPrototypeOf(got), 'polluted' in got]).toEqual([Object.prototype, false])
  })
  it('refuses functions and symbols when nobody takes them', () => {
    expect(() => encode(() => 1)).toThrow('could not be cloned')
    expect(() => encode({ s: Symbol('s') })).toThrow('could not be cloned')
  })
})

describe('reserved origins', () => {
  const origins = createReservedOrigins()
  origins.addScheme('app')

  it('maps there and back, path, query and hash included', () => {
    for (const url of ['app://bundle/index.html?a=1#b', 'app://a.b-c/', 'app:///x']) {
      const reserved = origins.toReserved(url, 'main')
      expect(new URL(reserved).href).toBe(reserved)
      expect(origins.fromReserved(reserved)).toBe(url)
    }
  })
  it('gives partitions different hosts, and in-memory ones no lasting name', () => {
    expect(new Set(['', 'a', 'persist:a', 'persist:b'].map(partitionLabel)).size).toBe(4)
    expect(partitionLabel('persist:a')).toBe(partitionLabel('persist:a'))
  })
  it('leaves other addresses alone, look-alikes too', () => {
    for (const url of ['https://example.com/', 'https://bundle__app__main.invalid.example.com/', 'https://x@bundle__app__main.invalid/', 'other://x/']) {
      expect(origins.fromReserved(url)).toBe(url)
      expect(origins.toReserved(url, 'main')).toBe(url)
    }
  })
})

describe('command line', () => {
  it('tells Electron\'s part from the app\'s', () => {
    const { switches, preloads, appPath } = parseCommandLine(['-r', '/loader.js', '--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '/app/main.cjs', '--lang=de', 'file'])
    expect(preloads).toEqual(['/loader.js'])
    expect(appPath).toBe('/app/main.cjs')
    expect(Object.fromEntries(switches)).toEqual({ 'no-sandbox': '', 'remote-debugging-port': '0', lang: 'de' })
  })
})

describe('accelerators', () => {
  it.each([['CmdOrCtrl+Shift+I', 'ctrl+shift+i'], ['Shift+CommandOrControl+F5', 'ctrl+shift+F5'], ['Ctrl++', 'ctrl++'], ['Alt+Left', 'alt+ArrowLeft'], ['Esc', 'Escape']])('%s is %s', (given, normal) => {
    expect(normalizeAccelerator(given)).toBe(normal)
  })
})

describe('webRequest patterns', () => {
  it('match as documented', () => {
    expect(matchesPattern('<all_urls>', 'x://y')).toBe(true)
    expect(matchesPattern('https://*.github.com/*', 'https://a.github.com/b')).toBe(true)
    expect(matchesPattern('https://*.github.com/*', 'https://github.com.evil/')).toBe(false)
    expect(matchesPattern('app://bundle/*', 'app://bundle/x?y')).toBe(true)
  })
})
