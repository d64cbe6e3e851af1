import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from 'electron'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveApp } from '../../../src/main/windows/app-protocol.ts'
import { FakeSession } from '../../support/fake-electron.ts'
import { makeRendererFolder, type RendererFolder } from '../../support/renderer-folder.ts'

const served = {
  '/launcher/index.html': ['text/html; charset=utf-8', '<title>launcher</title>'],
  '/launcher/deep/er.html': ['text/html; charset=utf-8', 'deeper'],
  '/assets/a.js': ['text/javascript; charset=utf-8', 'script'],
  '/assets/a.css': ['text/css; charset=utf-8', 'style'],
  '/assets/a.woff2': ['font/woff2', 'font'],
  '/assets/a.svg': ['image/svg+xml', 'picture'],
  '/assets/a.bin': ['application/octet-stream', 'bytes'],
}

const everyResponse = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

let folder: RendererFolder
let session: FakeSession
beforeAll(() => {
  folder = makeRendererFolder()
  session = new FakeSession()
  serveApp(session as unknown as Session, folder.path, 'launcher')
})
afterAll(() => folder.dispose())

async function expectNotFound(url: string, method = 'GET'): Promise<void> {
  const response = await session.fetch(url, method)
  expect(response.status, url).toBe(404)
  expect(Object.fromEntries(response.headers), url).toEqual({ ...everyResponse, 'content-type': 'text/plain' })
  expect(await response.text(), url).toBe('not found')
}

/** Ways to write "one up", slashes, and where to: every combination is tried. */
const ups = ['..', '%2e%2e', '.%2e', '%2E.', '%252e%252e', '..%00', '..;', '%c0%ae%c0%ae', '\u2025', '....', '..%20']
const slashes = ['/', '\\', '%2f', '%5c', '%252f', '//', '/./', '%c0%af']
const starts = ['/launcher/', '/assets/', '/', '//', '/launcher/deep/', '/assets/a.js/']
const targets = ['secret.txt', 'confirm/index.html', 'main/index.cjs', 'etc/passwd', 'renderer/secret.txt']
const climbs = starts.flatMap((start) =>
  ups.flatMap((up) => slashes.flatMap((slash) => targets.map((target) => `${start}${`${up}${slash}`.repeat(3)}${target}`))),
)

describe('app://launcher', () => {
  it.each(Object.entries(served))('P7 serves %s with its type and every protective header', async (path, [type, text]) => {
    const response = await session.fetch(`app://launcher${path}`)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toEqual({ ...everyResponse, 'content-type': type })
    expect(await response.text()).toBe(text)
  })

  it('P7 allows no inline script, no eval and nothing from elsewhere', () => {
    const policy = everyResponse['content-security-policy']
    expect(policy).not.toMatch(/unsafe|https?:|data:|blob:|\*|connect-src|worker-src|frame-src/)
  })

  it(`P7 leads nowhere else by any of ${climbs.length} ways to climb`, async () => {
    expect(climbs.length).toBeGreaterThan(2_000)
    await Promise.all(climbs.map((path) => expectNotFound(`app://launcher${path}`)))
  })

  it.each([
    '/confirm/index.html',
    '/secret.txt',
    '/assets/link.txt',
    '/assets',
    '/assets/',
    '/launcher/',
    '/launcher/index.html/',
    '/launcher/INDEX.HTML',
    '/launcher/index.html%00',
    '/launcher//index.html',
    '/launcher/index.html%2f..',
    '/',
    '',
  ])('P7 does not know %j', (path) => expectNotFound(`app://launcher${path}`))

  it.each(['app://confirm/confirm/index.html', 'app://confirm/launcher/index.html', 'app://launcher.evil/launcher/index.html', 'app://launcher:80/launcher/index.html', 'app:///launcher/index.html', 'app:launcher/index.html', 'app://%6cauncher/launcher/index.html'])(
    'P7 does not answer for %s',
    (url) => expectNotFound(url),
  )

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS', 'get'])('P7 answers GET only, not %s', (method) =>
    expectNotFound('app://launcher/launcher/index.html', method),
  )

  it('serves the same file for any query and fragment', async () => {
    expect((await session.fetch('app://launcher/launcher/index.html?a=../../secret.txt#b')).status).toBe(200)
  })

  it('P7 does not serve what appeared after the start', async () => {
    writeFileSync(join(folder.path, 'assets/new.js'), 'late')
    await expectNotFound('app://launcher/assets/new.js')
  })

  it('P7 gives content for a path on its list only, whatever the spelling', async () => {
    const piece = fc.oneof(fc.constantFrom(...ups, ...slashes, 'launcher', 'assets', 'index.html', 'a.js', '.', '?', '#', '@', ':'), fc.string())
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const url = `app://launcher/${pieces.join('')}`
        const response = await session.fetch(url)
        const text = await response.text()
        const isServed = Object.keys(served).includes(URL.parse(url)?.pathname ?? '')
        expect(response.status).toBe(isServed ? 200 : 404)
        expect(Object.values(served).some(([, content]) => content === text)).toBe(isServed)
      }),
      { numRuns: 2_000 },
    )
  })
})
