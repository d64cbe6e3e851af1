import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { loadTlsIdentity } from '../../../src/gateway/keys/tls-identity.ts'
import { createPost } from '../../../src/gateway/outbox/create-post.ts'
import { createDelivery } from '../../../src/gateway/outbox/delivery.ts'
import { createTexter } from '../../../src/gateway/outbox/http-texts.ts'
import type { Letter, Post } from '../../../src/gateway/outbox/post.ts'
import { createMailer } from '../../../src/gateway/outbox/smtp-post.ts'
import { caller, goodPassword, openIdentityWorld, pendingOf } from '../../support/identity-world.ts'
import { makeTempDir } from '../../support/test-gateway.ts'

const letter: Letter = { to: 'ada@example.org', subject: 'Grüße', text: 'Zwei Zeilen:\n\n.mit Punkt am Anfang, größer als 7 Bit\n' }
const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

interface Seen {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly isSecure: boolean
  readonly user: string | undefined
}

async function startMailServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
  const seen: Seen[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      let raw = ''
      stream.setEncoding('utf8')
      stream.on('data', (part: string) => (raw += part))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        seen.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), raw, isSecure: session.secure, user: session.user })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  cleanUps.push(() => new Promise((resolve) => server.close(() => resolve())))
  return { seen, port: (server.server.address() as AddressInfo).port }
}

describe('a mail', () => {
  it('is handed over by SMTP as plain text, from the one sender to the one address', async () => {
    const { seen, port } = await startMailServer()
    await createMailer({ url: `smtp://127.0.0.1:${port}`, from: 'tuppence@example.org' })(letter)
    expect(seen).toEqual([{ from: 'tuppence@example.org', to: ['ada@example.org'], raw: expect.any(String) as string, isSecure: false, user: undefined }])
    const { raw } = seen[0]!
    expect(raw).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(raw).not.toMatch(/html|multipart/i)
  })

  it('with an address that would be two goes to nobody else', async () => {
    const { seen, port } = await startMailServer()
    await createMailer({ url: `smtp://127.0.0.1:${port}`, from: 'tuppence@example.org' })({ ...letter, to: 'ada@example.org, eve@example.org' }).catch(() => {})
    expect(seen.flatMap(({ to }) => to)).not.toContain('eve@example.org')
  })

  it('signs in to the mail server where it was told how', async () => {
    const onAuth: NonNullable<ConstructorParameters<typeof SMTPServer>[0]>['onAuth'] = ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username! }) : done(new Error('no'))
    const { seen, port } = await startMailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, onAuth })
    const server = { url: `smtp://127.0.0.1:${port}`, from: 'tuppence@example.org' }
    await createMailer({ ...server, signIn: { user: 'us', password: 'right' } })(letter)
    expect(seen[0]!.user).toBe('us')
    await expect(createMailer({ ...server, signIn: { user: 'us', password: 'wrong' } })(letter)).rejects.toThrow()
  })

  it('goes to no other computer without TLS, nor to one whose certificate nobody vouches for', async () => {
    // This computer by an address that does not say so.
    const send = (port: number) => createMailer({ url: `smtp://0.0.0.0:${port}`, from: 'tuppence@example.org' })(letter)
    const plain = await startMailServer()
    await expect(send(plain.port)).rejects.toThrow(/STARTTLS|not advertised|not recognized/i)
    const { pem } = await loadTlsIdentity(makeTempDir())
    const selfSigned = await startMailServer({ disabledCommands: ['AUTH'], key: pem, cert: pem })
    await expect(send(selfSigned.port)).rejects.toThrow(/certificate/i)
    expect([...plain.seen, ...selfSigned.seen]).toEqual([])
  })
})

describe('a text message', () => {
  it('is posted as JSON with the token, and taken by an answer of 2xx alone', async () => {
    const requests: object[] = []
    let status = 202
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString()))
      request.on('end', () => {
        requests.push({ method: request.method, url: request.url, authorization: request.headers.authorization, type: request.headers['content-type'], body: JSON.parse(body) as unknown })
        response.writeHead(status).end('ok')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanUps.push(() => new Promise((resolve) => server.close(() => resolve())))
    const text = createTexter({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`, token: 'a token' })
    await text({ to: '+4915112345678', text: '123456 is your code' })
    expect(requests).toEqual([{ method: 'POST', url: '/messages', authorization: 'Bearer a token', type: 'application/json', body: { to: '+4915112345678', text: '123456 is your code' } }])
    status = 500
    await expect(text({ to: '+4915112345678', text: 'x' })).rejects.toThrow('answered 500')
  })
})

describe('a message that nobody takes', () => {
  const failing = (times: number, taken: Letter[] = []): Post & { readonly taken: Letter[]; tries: number } => ({
    canText: false,
    taken,
    tries: 0,
    async mail(sent) {
      this.tries += 1
      if (this.tries <= times) throw new Error('421 try later')
      taken.push(sent)
    },
    text: () => Promise.reject(new Error('none')),
  })

  it('is tried again a few times, and taken as soon as somebody does', async () => {
    const post = failing(2)
    const errors: unknown[] = []
    const delivery = createDelivery({ post, onError: (error) => errors.push(error), retriesMs: [1, 1, 1] })
    delivery.mail(letter)
    await delivery.settled()
    expect([post.taken, post.tries, errors]).toEqual([[letter], 3, []])
  })

  it('is reported when nobody did', async () => {
    const post = failing(99)
    const errors: unknown[] = []
    const lost: string[] = []
    const delivery = createDelivery({ post, onError: (error) => errors.push(error), retriesMs: [1, 1] })
    delivery.mail(letter, async () => void lost.push('lost'))
    await delivery.settled()
    expect([post.tries, lost, errors.map(String)]).toEqual([3, ['lost'], ['Error: a message could not be handed over: Error, Error, Error']])
  })

  it('is reported by what went wrong, never by whom it was for: a mail server repeats the address in its refusal', async () => {
    const server = new SMTPServer({ disabledCommands: ['AUTH', 'STARTTLS'], onRcptTo: ({ address }, _session, done) => done(Object.assign(new Error(`no such user ${address}`), { responseCode: 550 })) })
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    const { port } = server.server.address() as AddressInfo
    const errors: unknown[] = []
    const post = createPost({ url: `smtp://127.0.0.1:${port}`, from: 'tuppence@example.org' }, undefined)
    const delivery = createDelivery({ post, onError: (error) => errors.push(error), retriesMs: [1] })
    delivery.mail({ ...letter, to: 'ada.lovelace@example.org' })
    await delivery.settled()
    await delivery.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(inspect(errors, { depth: Infinity })).toContain('a message could not be handed over: Error EENVELOPE 550, Error EENVELOPE 550')
    expect(inspect(errors, { depth: Infinity, showHidden: true })).not.toMatch(/ada|lovelace|example/)
  })

  it('does not keep a gateway from closing', async () => {
    const delivery = createDelivery({ post: failing(99), onError: () => {}, retriesMs: [3_600_000] })
    delivery.mail(letter)
    await delivery.close()
    expect(true).toBe(true)
  })

  it('loses no sign-up: another code can be sent as soon as mails go out again; the account’s list says that one did not', async () => {
    const post = failing(0)
    const errors: unknown[] = []
    const delivery = createDelivery({ post, onError: (error) => errors.push(error), retriesMs: [1] })
    const world = await openIdentityWorld({ parts: { delivery } })
    const codeIn = ({ text }: Letter) => /^(\d{6})$/m.exec(text)![1]!
    post.tries = -2
    Object.assign(post, { mail: async (sent: Letter) => ((post.tries += 1) <= 0 ? Promise.reject(new Error('421')) : void post.taken.push(sent)) })
    const pending = pendingOf(await world.identity.signUp({ email: 'ada@example.org', password: goodPassword, proof: await world.proof() }, caller))
    await delivery.settled()
    expect([post.taken, errors.length]).toEqual([[], 1])
    await world.identity.sendAgain({ pending }, caller)
    await delivery.settled()
    const confirmed = await world.identity.confirmEmail({ pending, code: codeIn(post.taken.at(-1)!) }, caller)
    expect(confirmed.kind).toBe('signedIn')
    const page = await world.identity.session((confirmed as { session: string }).session)
    const { accountId } = page!.account
    await delivery.settled()
    post.tries = -2
    await world.identity.record(accountId, 'deviceDenied', caller)
    await delivery.settled()
    expect((await world.identity.events(accountId)).map(({ kind }) => kind)).toEqual(['messageNotSent', 'deviceDenied', 'accountCreated'])
    await world.close()
  })
})
