import { describe, expect, it } from 'vitest'
import { isPageOf } from '../../../src/main/adapters/gateway/gateway-pages.ts'
import { createPageBrowser } from '../../../src/main/adapters/gateway/page-browser.ts'
import { hostileUrls } from '../../support/hostile-urls.ts'

const config = { url: 'https://gateway.example:4000', publicUrl: 'https://pay.example', pins: ['p'], signingKey: { kid: 'k', x: 'x' } }

function browser(changes: { readonly isKiosk?: boolean; readonly hasNone?: boolean } = {}) {
  const opened: string[] = []
  const { open } = createPageBrowser({
    config: async () => config,
    isKiosk: () => changes.isKiosk ?? false,
    async openExternal(address) {
      if (changes.hasNone) throw new Error('nothing to open it with')
      opened.push(address)
    },
  })
  return { open, opened }
}

const pages = ['https://pay.example/device', 'https://pay.example/device?code=WDJB-MJHT', 'https://pay.example/account']
/** What only looks like it, and what would be it for another reader. */
const others = [
  ...hostileUrls,
  ...['http://pay.example/device', 'https://pay.example', 'https://pay.example.evil.example/device', 'https://pay.example@evil.example/', 'https://pay.example:444/device'],
  ...['https://user@pay.example/device', 'https://gateway.example:4000/device', 'https://PAY.EXAMPLE/device', 'https://pay.example\\@evil.example/', ' https://pay.example/device'],
  ...['https://pay.example/\nX', 'https://pay.example/device\u0000', '//pay.example/device', 'pay.example/device', '', 'file:///https://pay.example/device', 'https://pay.example/a b'],
]

describe('the browser of this computer', () => {
  it(`P10 opens pages of the gateway, and none of ${others.length} others`, async () => {
    const { open, opened } = browser()
    for (const address of others) expect(await open(address), address).toBe(false)
    expect(opened).toEqual([])
    for (const address of pages) expect(await open(address)).toBe(true)
    expect(opened).toEqual(pages)
  })

  it('P10 is never opened in kiosk mode', async () => {
    const { open, opened } = browser({ isKiosk: true })
    for (const address of pages) expect(await open(address)).toBe(false)
    expect(opened).toEqual([])
  })

  it('says so where there is none', async () => {
    expect(await browser({ hasNone: true }).open('https://pay.example/device')).toBe(false)
  })

  it('has nothing to open before the gateway is known', async () => {
    const unknown = { isKiosk: () => false, openExternal: () => Promise.reject(new Error('opened')) }
    expect(await createPageBrowser({ ...unknown, config: async () => null }).open('https://pay.example/device')).toBe(false)
    expect(await createPageBrowser({ ...unknown, config: () => Promise.reject(new Error('starting')) }).open('https://pay.example/device')).toBe(false)
  })

  it('goes to the address that the app itself calls where no other is configured', () => {
    const { publicUrl: _, ...own } = config
    expect(isPageOf(own, 'https://gateway.example:4000/device')).toBe(true)
    expect(isPageOf(own, 'https://pay.example/device')).toBe(false)
  })
})
