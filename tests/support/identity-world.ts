/** Accounts in a real store, with mails through a real SMTP server, a clock that the test moves and cheap work. */
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { Secret, TOTP } from 'otpauth'
import { expect } from 'vitest'
import type { OutboxMessage } from '../../src/contract/http/sandbox-routes.ts'
import { createIdentity } from '../../src/gateway/accounts/create-identity.ts'
import type { Caller, Identity, SecurityEventKind } from '../../src/gateway/accounts/identity.ts'
import type { IdentityParts } from '../../src/gateway/accounts/identity-core.ts'
import { createPasswordHash, type PasswordHash } from '../../src/gateway/accounts/password-hash.ts'
import { createMessaging, type MessagingParts } from '../../src/gateway/outbox/create-messaging.ts'
import { openStore, type Store } from '../../src/gateway/store/open-store.ts'
import { makeTempDir } from './test-gateway.ts'

/** As little as the algorithms take. */
export const cheapWork = {
  passwordHash: createPasswordHash({ memoryCost: 8, timeCost: 1, parallelism: 1 }),
  workSize: { cost: 1, counts: [1, 3] },
} as const satisfies Partial<IdentityParts>

export const caller: Caller = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', language: 'en' }
export const goodPassword = 'violet tram opens lemon'
export const wrongCode = (code: string) => ((Number(code) + 1) % 1_000_000).toString().padStart(6, '0')
export const [second, minute, hour] = [1_000, 60_000, 3_600_000] as const

export interface IdentityWorld {
  readonly identity: Identity
  readonly store: Store
  readonly clock: { nowMs: number }
  /** How often Argon2id was used: to make a hash, or to compare with one. */
  readonly work: { hashes: number; comparisons: number }
  readonly signedOut: string[]
  readonly proof: (from?: Caller) => Promise<string>
  /** What arrived, oldest first. */
  readonly messages: () => Promise<readonly OutboxMessage[]>
  readonly mailsTo: (email: string) => Promise<readonly OutboxMessage[]>
  /** The newest code of six digits that was sent there. */
  readonly codeTo: (to: string) => Promise<string>
  /** An account that is signed in to on a page. */
  readonly signUp: (email: string, password?: string | null) => Promise<{ readonly session: string; readonly accountId: string }>
  /** Signs in once more: password, then a code by e-mail. */
  readonly signIn: (email: string) => Promise<string>
  /** Adds an authenticator app, and gives its secret. */
  readonly addTotp: (session: string) => Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }>
  /** The code that an authenticator app shows now; `steps` later or earlier. */
  readonly totpNow: (secret: string, steps?: number) => string
  /** What happened, newest first, once everything that follows an answer is done. */
  readonly eventsOf: (accountId: string) => Promise<readonly SecurityEventKind[]>
  readonly restart: () => Promise<IdentityWorld>
  readonly close: () => Promise<void>
}

export interface WorldOptions {
  readonly parts?: Partial<IdentityParts>
  readonly messaging?: Partial<MessagingParts>
  /** The folder, key and clock of a gateway that runs, so that its pages' part can be played. */
  readonly place?: { readonly dataDir: string; readonly clock: { nowMs: number }; readonly key: Uint8Array }
}

export async function openIdentityWorld(options: WorldOptions = {}): Promise<IdentityWorld> {
  const { dataDir, clock, key } = options.place ?? { dataDir: makeTempDir(), clock: { nowMs: Date.parse('2026-11-23T09:00:00.000Z') }, key: randomBytes(32) }
  return open(dataDir, clock, key, options)
}

async function open(dataDir: string, clock: { nowMs: number }, key: Uint8Array, options: WorldOptions): Promise<IdentityWorld> {
  const now = () => clock.nowMs
  const { store, close: closeStore } = openStore(dataDir)
  const bugs: unknown[] = []
  const messaging = createMessaging({ mail: undefined, texts: undefined, now, onError: (error) => bugs.push(error), ...options.messaging })
  const work = { hashes: 0, comparisons: 0 }
  const signedOut: string[] = []
  const identity = createIdentity({
    store,
    now,
    randomBytes,
    delivery: messaging.delivery,
    publicOrigin: () => 'https://accounts.example.org',
    key,
    ...cheapWork,
    passwordHash: counted(cheapWork.passwordHash, work),
    signOutDevices: async (accountId) => void signedOut.push(accountId),
    keptElsewhere: async () => ({}),
    onMade: async () => {},
    onDeleted: async () => {},
    ...options.parts,
  })
  const messages = () => messaging.outbox.messages()
  const messagesTo = async (to: string) => (await messages()).filter((message) => message.to === to)

  async function codeTo(to: string): Promise<string> {
    const codes = (await messagesTo(to)).flatMap(({ text }) => /^(\d{6})\b/m.exec(text)?.[1] ?? [])
    return codes.at(-1) ?? expect.fail(`no code came to ${to}`)
  }
  const totpNow = (secret: string, steps = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.nowMs + steps * 30_000 })
  const proof = async (from = caller) => solve((await identity.proofOfWork(from)).challenge)

  async function stop(): Promise<void> {
    await messaging.close()
    await closeStore()
  }
  return {
    identity,
    store,
    clock,
    work,
    signedOut,
    proof,
    messages,
    mailsTo: async (email) => (await messagesTo(email)).filter(({ kind }) => kind === 'mail'),
    codeTo,
    async signUp(email, password = goodPassword) {
      const sent = await identity.signUp({ email, password, proof: await proof() }, caller)
      if (sent.kind !== 'codeSent') return expect.fail(`sign-up ended with ${sent.kind}`)
      const session = sessionOf(await identity.confirmEmail({ pending: sent.pending, code: await codeTo(email) }, caller))
      const page = await identity.session(session)
      return { session, accountId: page!.account.accountId }
    },
    async signIn(email) {
      const first = await identity.signInWithPassword({ email, password: goodPassword, proof: null }, caller)
      const pending = pendingOf(first)
      await identity.sendSecondFactorCode({ pending, method: 'email' }, caller)
      return sessionOf(await identity.answerSecondFactor({ pending, method: 'email', code: await codeTo(email) }, caller))
    },
    async addTotp(session) {
      const begun = await identity.beginTotp(session)
      if (!('secret' in begun)) return expect.fail('not fresh')
      const added = await identity.confirmTotp(session, totpNow(begun.secret), caller)
      if (added.kind !== 'added') return expect.fail(`not added: ${added.kind}`)
      return { secret: begun.secret, recoveryCodes: added.recoveryCodes }
    },
    totpNow,
    async eventsOf(accountId) {
      await messages()
      return (await identity.events(accountId)).map(({ kind }) => kind)
    },
    async restart() {
      await stop()
      return open(dataDir, clock, key, options)
    },
    async close() {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
      if (bugs.length > 0) throw new AggregateError(bugs, 'accounts reported bugs')
    },
  }
}

function counted(inner: PasswordHash, work: { hashes: number; comparisons: number }): PasswordHash {
  return {
    hash: (password) => ((work.hashes += 1), inner.hash(password)),
    verify: (hash, password) => ((work.comparisons += 1), inner.verify(hash, password)),
  }
}

/** What a browser does with a challenge: base64 of ALTCHA's JSON. */
export async function solve(challenge: object): Promise<string> {
  const solution = await solveChallenge({ challenge: challenge as Challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

export function sessionOf(result: { readonly kind: string; readonly session?: string }): string {
  if (result.kind !== 'signedIn' || result.session === undefined) return expect.fail(`not signed in: ${JSON.stringify(result)}`)
  return result.session
}

export function pendingOf(result: { readonly kind: string; readonly pending?: string }): string {
  if (result.pending === undefined) return expect.fail(`nothing waits: ${JSON.stringify(result)}`)
  return result.pending
}
