/** What others do to the pages. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRateLimiter } from '../../../src/gateway/http/rate-limit.ts'
import { createServer } from '../../../src/gateway/http/server.ts'
import { loadTlsIdentity } from '../../../src/gateway/keys/tls-identity.ts'
import { registerPages } from '../../../src/gateway/pages/register-pages.ts'
import { goodPassword, minute } from '../../support/identity-world.ts'
import { type PagesWorld, startPagesWorld } from '../../support/pages-world.ts'
import { createVisitor, type Seen, type Visitor } from '../../support/page-visitor.ts'
import { noMailServer } from '../../support/test-gateway.ts'

let world: PagesWorld
let visitor: Visitor
beforeAll(async () => {
  world = await startPagesWorld()
})
beforeEach(() => {
  world.clock.nowMs += 60 * minute
  visitor = world.visitor()
})
afterAll(() => world.close())

const session = '__Host-tuppence'

/** To the letter: whoever loosens it has to say so here. */
const always = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types tuppence",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

describe('every answer', () => {
  it('has the whole policy, is in no frame and is kept by nobody', async () => {
    await world.signUp(visitor, 'headers@example.org')
    const { userCode } = await world.waitingScreen()
    const pages = ['', '/name', '/password', '/authenticator', '/recovery-codes', '/phone', '/passkeys', '/amount', '/devices', '/events', '/download', '/delete', '/nothing'].map((page) => `/account${page}`)
    const stranger = world.visitor()
    const answers = [
      ...(await inTurn([...pages, '/device', `/device?code=${userCode}`, '/device/allowed', '/sandbox/mailbox'], (path) => visitor.get(path))),
      ...(await inTurn(['/account/sign-in', '/account/sign-up', '/account/forgotten', '/account/confirm'], (path) => stranger.get(path, { staysThere: true }))),
      await stranger.post('/account/sign-in', {}),
      await stranger.post('/account/sign-in', {}, { headers: { 'content-type': 'application/json' } }),
      await stranger.get('/account', { headers: { host: 'evil.example' } }),
      await stranger.post('/account/sign-in', { email: 'x'.repeat(40_000) }),
    ]
    for (const { headers, path } of answers) expect({ path, ...headers }).toMatchObject({ ...always, 'cache-control': 'no-store' })
    for (const { headers } of answers) expect(headers['permissions-policy']).toMatch(/camera=\(\), .*geolocation=\(\).*publickey-credentials-create=\(self\), publickey-credentials-get=\(self\)$/)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 303, 403, 404, 413, 415, 421]))
  })

  it('holds no script, style or handler of its own, and names no other server', async () => {
    const { text } = await world.signUp(visitor, 'inline@example.org')
    for (const page of [text, (await visitor.get('/account/authenticator')).text, (await visitor.get('/account/nothing')).text]) {
      expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|https?:\/\//i)
      expect(page.match(/<script[^>]*>[^<]*/g)).toEqual([expect.stringMatching(/^<script type="module" src="\/account\/assets\/[\w-]{16}\/pages\.js">$/)])
    }
  })

  it('with a script, a style sheet or a font has the policy too; only their exact names are answered', async () => {
    const { text } = await visitor.get('/account/sign-in')
    const base = /href="(\/account\/assets\/[\w-]+\/)pages\.css"/.exec(text)?.[1] ?? ''
    for (const [name, type] of [['pages.css', 'text/css; charset=utf-8'], ['proof-worker.js', 'text/javascript; charset=utf-8'], ['inter-latin.woff2', 'font/woff2']] as const)
      expect((await visitor.get(`${base}${name}`)).headers).toMatchObject({ ...always, 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' })
    for (const name of ['..%2f..%2fpackage.json', '%2e%2e', '__proto__', 'pages.ts', 'pages.css%00.js']) expect((await visitor.get(`${base}${name}`)).status).toBe(404)
    expect((await visitor.get('/account/assets/another/pages.css')).status).toBe(404)
  })
})

describe('a form from elsewhere (CSRF)', () => {
  it.each([
    ['without the token', { token: '' }, {}],
    ['with a token of another browser', { token: 'theirs' }, {}],
    ['from another origin', {}, { origin: 'https://evil.example' }],
    ['from nowhere', {}, { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['across sites', {}, { 'sec-fetch-site': 'cross-site' }],
    ['from a neighbour', {}, { 'sec-fetch-site': 'same-site' }],
  ] as const)('%s does nothing', async (_name, fields, headers) => {
    const email = `csrf-${world.clock.nowMs}@example.org`
    await world.signUp(visitor, email)
    const other = world.visitor()
    await other.get('/account/sign-in')
    await visitor.get('/account/name')
    const token = 'token' in fields && fields.token === 'theirs' ? { token: (await other.get('/account/sign-up')).hidden('/account/sign-up')['token'] ?? '' } : fields
    const refused = await visitor.send('/account/name', { name: 'Mallory', ...token }, { headers })
    expect(refused).toMatchObject({ status: 403, heading: 'Please send that once more' })
    expect((await visitor.get('/account')).words).not.toContain('Mallory')
    await visitor.get('/account/name')
    expect((await visitor.send('/account/name', { name: 'Robin' })).words).toContain('Robin')
  })

  it('without Origin and Sec-Fetch-Site does nothing, and the name of no field counts twice', async () => {
    await world.signUp(visitor, 'bare@example.org')
    const { token = '' } = (await visitor.get('/account/name')).hidden('/account/name')
    const bare = { origin: '', 'sec-fetch-site': '' }
    expect((await visitor.post('/account/name', { token, name: 'Mallory' }, { headers: bare })).status).toBe(403)
    expect((await visitor.post('/account/name', { token, name: 'Mallory' }, { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
    expect((await visitor.get('/account')).words).not.toContain('Mallory')
  })

  it('no page is changed by looking at it: a device is let in by a sent form alone', async () => {
    await world.signUp(visitor, 'looking@example.org')
    const { device, userCode, deviceCode } = await world.waitingScreen()
    for (const path of [`/device?code=${userCode}&answer=allow`, `/device?code=${userCode}&answer=allow&token=x`]) await visitor.get(path)
    expect((await world.oauth.redeem(device, deviceCode)).body).toMatchObject({ error: 'authorization_pending' })
    await visitor.get('/account/sign-out')
    expect((await visitor.get('/account')).heading).toBe('Your account')
  })
})

describe('the session', () => {
  it('gets another id at each sign-in and sign-out; one that was planted is worth nothing (fixation)', async () => {
    const planted = 'A'.repeat(43)
    visitor.cookies.set(session, planted)
    await world.signUp(visitor, 'fixed@example.org')
    const first = visitor.cookies.get(session)
    expect(first).not.toBe(planted)
    const attacker = world.visitor()
    attacker.cookies.set(session, planted)
    expect((await attacker.get('/account')).heading).toBe('Sign in')

    await visitor.send('/account/sign-out', {})
    expect(visitor.cookies.get(session)).not.toBe(first)
    attacker.cookies.set(session, first ?? '')
    expect((await attacker.get('/account')).heading).toBe('Sign in')
    await world.signIn(visitor, 'fixed@example.org')
    expect([first, planted]).not.toContain(visitor.cookies.get(session))
  })

  it('is in a cookie for this host alone, out of reach of scripts, and so is all else', async () => {
    const first = await visitor.get('/account/sign-up?lang=de')
    const cookies = [first, await visitor.send('/account/sign-up', { email: 'cookie@example.org', password: '', proof: await visitor.prove() }, { staysThere: true })].flatMap(({ headers }) => headers['set-cookie'] ?? [])
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(expect.arrayContaining(['__Host-tuppence', '__Host-tuppence-journey', '__Host-tuppence-language']))
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-[a-z-]+=[\w-]*; Path=\/; Secure; HttpOnly; SameSite=Lax(; Max-Age=\d+)?$/)
  })

  it('does not go on where somebody else signs in in its place', async () => {
    await world.signUp(visitor, 'one@example.org', '')
    await world.signUp(world.visitor(), 'other@example.org', '')
    world.clock.nowMs += 11 * minute
    await visitor.get('/account/delete')
    // A code for another account, in the middle of showing once more who one is.
    const thief = world.visitor()
    await thief.get('/account/sign-in')
    await thief.send('/account/sign-in', { email: 'other@example.org', way: 'code' })
    expect((await thief.send('/account/sign-in/code', { code: await world.codeTo('other@example.org') })).heading).toBe('Your account')
    expect((await visitor.get('/account/delete')).heading).toBe('Is it you?')
  })
})

describe('where a request says to go', () => {
  it('is never where anybody is led (open redirect)', async () => {
    const wish = 'next=https://evil.example/&return_to=//evil.example&redirect_uri=https://evil.example'
    const fields = { next: 'https://evil.example/', redirect: '//evil.example' }
    const places: unknown[] = []
    const note = async (seen: Promise<Seen>) => places.push((await seen).headers['location'])
    await note(visitor.get(`/account?${wish}`, { staysThere: true }))
    await note(visitor.get(`/device?code=//evil.example&${wish}`, { staysThere: true }))
    const { userCode } = await world.waitingScreen()
    await note(visitor.get(`/device?code=${userCode}&${wish}`, { staysThere: true, headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' } }))
    await visitor.get(`/account/sign-up?${wish}`)
    await note(visitor.send('/account/sign-up', { email: 'led@example.org', password: '', proof: await visitor.prove(), ...fields }, { staysThere: true }))
    await visitor.get('/account/sign-up/code')
    await note(visitor.send('/account/sign-up/code', { code: await world.codeTo('led@example.org'), ...fields }, { staysThere: true }))
    const other = world.visitor()
    await other.get(`/account/amount?${wish}`)
    expect(await world.signUp(other, 'led-too@example.org', '')).toMatchObject({ status: 200, path: '/account/amount' })
    expect(places).toEqual(['/account/sign-in', undefined, '/account/sign-in', '/account/sign-up/code', `/device?code=${userCode}`])
  })

  it('is never the host that is answered as, or that a mail links to', async () => {
    for (const host of ['evil.example', `${new URL(world.origin).host}.evil.example`, `evil.example:${new URL(world.origin).port}`, `127.0.0.1:${new URL(world.origin).port}`]) {
      const answer = await visitor.get('/account/sign-in', { headers: { host } })
      expect(answer).toMatchObject({ status: 421, heading: 'This is the wrong address' })
      expect(answer.text).not.toContain('evil.example')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    await visitor.get('/account/forgotten', { headers: { 'x-forwarded-host': 'evil.example' } })
    await world.signUp(visitor, 'linked@example.org')
    const other = world.visitor()
    await other.get('/account/forgotten')
    await other.send('/account/forgotten', { email: 'linked@example.org', proof: await other.prove() }, { headers: { 'x-forwarded-host': 'evil.example' } })
    const links = (await world.messages()).flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? [])
    expect(links.length).toBeGreaterThan(0)
    expect(links.filter((link) => !link.startsWith(`${world.origin}/account`))).toEqual([])
  })
})

describe('whether somebody has an account', () => {
  /** The page without what differs between any two visits. */
  const shape = ({ status, text, path }: Seen, email: string) => ({ status, path, text: text.replaceAll(email, 'ADDRESS').replaceAll(/value="[\w-]{43}"/g, 'TOKEN') })

  async function tryAll(email: string): Promise<ReturnType<typeof shape>[]> {
    const stranger = world.visitor()
    const answers: Seen[] = []
    await stranger.get('/account/sign-up')
    answers.push(await stranger.send('/account/sign-up', { email, password: goodPassword, proof: await stranger.prove() }))
    answers.push(await stranger.send('/account/sign-up/code', { code: '000000' }))
    await stranger.get('/account/sign-in')
    answers.push(await stranger.send('/account/sign-in', { email, password: 'not the password', way: 'password' }))
    answers.push(await stranger.send('/account/sign-in', { email, password: '', way: 'code' }))
    answers.push(await stranger.send('/account/sign-in/code', { code: '000000' }))
    await stranger.get('/account/forgotten')
    answers.push(await stranger.send('/account/forgotten', { email, proof: await stranger.prove() }))
    return answers.map((answer) => shape(answer, email))
  }

  it('no page tells, by word or shape', async () => {
    await world.signUp(visitor, 'there@example.org')
    world.clock.nowMs += 60 * minute
    const known = await tryAll('there@example.org')
    world.clock.nowMs += 60 * minute
    const unknown = await tryAll('absent@example.org')
    expect(known).toEqual(unknown)
    expect(known.map(({ status }) => status)).toEqual([200, 422, 422, 200, 422, 200])
  })
})

describe('what breaks or is too much', () => {
  it('says so in plain words, tells nothing of the inside, and is reported', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tuppence-pages-'))
    const reported: unknown[] = []
    const app = createServer({ tls: await loadTlsIdentity(dir), onError: () => {} })
    const broken = new Proxy({}, { get: () => async () => Promise.reject(new Error('secret at /srv/store.ts')) }) as never
    const bytes = (size: number) => new Uint8Array(size)
    const limiter = createRateLimiter({ now: () => 0, perMinute: 2 })
    const parts = { identity: broken, grants: broken, outbox: null, isSandbox: false, limiter, now: () => 0, randomBytes: bytes, folder: 'resources/account-pages' }
    registerPages(app, { ...parts, publicUrl: () => 'https://gateway.example', onError: (error) => reported.push(error) })
    const connectTo = await app.listen({ host: '127.0.0.1', port: 0 })
    const somebody = createVisitor('https://gateway.example', { connectTo, language: 'de' })
    const failed = await somebody.get('/account')
    expect(failed).toMatchObject({ status: 500, heading: 'Bei uns ist etwas kaputtgegangen', headers: always })
    expect(failed.text).not.toMatch(/secret|store\.ts|Error/)
    expect(failed.words).not.toContain('Sandbox')
    expect(reported).toHaveLength(1)
    await somebody.close()
    await app.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('too many forms from one address wait, and are told how long', async () => {
    const narrow = await startPagesWorld({ requestsPerMinute: 2 })
    const somebody = narrow.visitor()
    await somebody.get('/account/sign-in')
    const answers = await inTurn([1, 2, 3], () => somebody.send('/account/sign-in', { email: 'nobody', way: 'code' }))
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 429])
    expect(answers[2]).toMatchObject({ heading: 'Please wait a moment', headers: { 'retry-after': '60' } })
    expect(answers[2]?.words).toContain('Wait 60 seconds')
    await narrow.close()
  })

  describe('behind a proxy', () => {
    /** Which of the forms, each said to come from there, are taken: two a minute from one address. */
    async function taken(trustProxy: readonly string[], forwardedFor: readonly string[]): Promise<number[]> {
      const narrow = await startPagesWorld({ requestsPerMinute: 2, trustProxy })
      const somebody = narrow.visitor()
      await somebody.get('/account/sign-in')
      const statuses = await inTurn(forwardedFor, async (from) => (await somebody.send('/account/sign-in', { email: 'nobody', way: 'code' }, { headers: { 'x-forwarded-for': from } })).status)
      await narrow.close()
      return statuses
    }

    it('that is trusted, people are told apart by what it says, an IPv6 block of 64 bits as one; not by what they say themselves', async () => {
      expect(await taken(['127.0.0.1'], ['203.0.113.7', '203.0.113.7', '203.0.113.8', '203.0.113.9, 203.0.113.7'])).toEqual([422, 422, 422, 429])
      expect(await taken(['127.0.0.1'], ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:3::1', '2001:db8:1:2::3'])).toEqual([422, 422, 422, 429])
    })

    it('that is not, or that is another one, what is said counts for nothing', async () => {
      for (const trusted of [[], ['192.0.2.1', '127.0.0.2']]) expect(await taken(trusted, ['203.0.113.7', '203.0.113.8', '203.0.113.9'])).toEqual([422, 422, 429])
    })

    it('that is trusted, a mail names where somebody really asks from', async () => {
      for (const [trustProxy, from] of [[['127.0.0.1'], '203.0.113.7'], [[], '127.0.0.1']] as const) {
        const proxied = await startPagesWorld({ trustProxy })
        const somebody = proxied.visitor()
        await somebody.get('/account/sign-up')
        await somebody.send('/account/sign-up', { email: 'ada@example.org', password: goodPassword, proof: await somebody.prove() }, { headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' } })
        expect((await proxied.messages()).at(-1)!.text).toContain(`\nFrom: ${from}\n`)
        await proxied.close()
      }
    })
  })

  it('a sandbox that people reach under a public name shows nobody what it keeps of others; its own people still can', async () => {
    const open = await startPagesWorld({ publicUrl: 'https://sandbox.example' })
    const somebody = createVisitor('https://sandbox.example', { connectTo: open.gateway.url })
    expect((await somebody.get('/sandbox/mailbox')).status).toBe(404)
    expect((await somebody.get('/account/sign-up')).text).not.toContain('/sandbox/mailbox')
    expect(await open.messages()).toEqual([])
    await somebody.close()
    await open.close()
  })

  it('a live gateway has no mailbox to look into and no strip that says sandbox', async () => {
    const live = await startPagesWorld({ mode: 'live', mail: noMailServer })
    const somebody = live.visitor()
    expect((await somebody.get('/account/sign-up')).text).not.toMatch(/sandbox/i)
    expect((await live.client.send('/sandbox/mailbox')).status).toBe(404)
    await live.close()
  })
})

async function inTurn<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await act(item))
  return results
}
