/** The gateway's side of signing in, in memory: rules of tokens and codes, and a person who answers when the test wants it. */
import type { SignedInDevice } from '../../src/contract/account.ts'
import type { AccountResponse } from '../../src/contract/http/account-messages.ts'
import type { AccountGateway, CodeAnswer, NewTokens } from '../../src/main/ports/account-gateway.ts'
import { GatewayError, type GatewayProblem } from '../../src/main/ports/gateway.ts'

export const fakeAccount: AccountResponse = {
  accountId: 'account-1',
  displayName: 'Robin',
  email: 'r…n@example.org',
  scopes: ['profile:read', 'purchase'],
  codeWays: [{ method: 'email', destination: 'r…n@example.org' }],
  stepUpAbove: { amount: '2000', currency: 'EUR' },
  signedInAt: '2026-11-23T09:00:00.000Z',
}

export const accessLifeMs = 300_000
export const unreachable: GatewayProblem = { kind: 'unreachable', sent: false }

/** Refresh tokens of one sign-in, the newest last: only that is good. */
interface FakeSession {
  readonly sessionId: string
  readonly refreshTokens: string[]
  isOver: boolean
}

export interface FakeAccountGateway extends AccountGateway {
  /** Every operation that was asked for, oldest first. */
  readonly calls: string[]
  readonly sessions: FakeSession[]
  account1: AccountResponse
  /** What the person has said so far. */
  answer: 'pending' | 'yes' | 'denied' | 'expired'
  /** The next questions about the code are answered with `slow_down`. */
  slowDowns: number
  /** Every operation fails; null mends it. */
  fail(problem: GatewayProblem | null): void
  /** The next operation waits until the returned function is called. */
  hold(): () => void
  /** The newest sign-in is over, as when the person says so on another device. */
  endElsewhere(): void
  /** Which sign-in, if any, the token is good for now. */
  sessionOf(accessToken: string | null): FakeSession | null
}

const code = {
  deviceCode: 'C'.repeat(43),
  userCode: 'WDJB-MJHT',
  address: 'https://127.0.0.1:4000/device',
  addressWithCode: 'https://127.0.0.1:4000/device?code=WDJB-MJHT',
  expiresInMs: 600_000,
  intervalMs: 5_000,
}

export function createFakeAccountGateway(): FakeAccountGateway {
  const access = new Map<string, FakeSession>()
  let problem: GatewayProblem | null = null
  let gate: Promise<void> | null = null
  let number = 0

  async function begin(operation: string): Promise<void> {
    fake.calls.push(operation)
    const held = gate
    gate = null
    await held
    if (problem) throw new GatewayError(problem)
  }
  const token = (kind: string) => `${kind}${(number += 1)}`.padEnd(43, '-')

  function tokensFor(session: FakeSession): NewTokens {
    const tokens = { accessToken: token('access'), refreshToken: token('refresh'), expiresInMs: accessLifeMs }
    session.refreshTokens.push(tokens.refreshToken)
    access.set(tokens.accessToken, session)
    return tokens
  }
  const devices = (): SignedInDevice[] =>
    fake.sessions.filter(({ isOver }) => !isOver).map(({ sessionId }, index, all) => ({
      ...{ sessionId, name: 'Tuppence on Linux', isThis: index === all.length - 1 },
      ...{ signedInAt: fakeAccount.signedInAt, lastUsedAt: fakeAccount.signedInAt },
    }))

  const fake: FakeAccountGateway = {
    calls: [],
    sessions: [],
    account1: fakeAccount,
    answer: 'pending',
    slowDowns: 0,
    fail: (next) => void (problem = next),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
    endElsewhere() {
      const newest = fake.sessions.at(-1)
      if (newest) newest.isOver = true
    },
    sessionOf(accessToken) {
      const session = accessToken === null ? undefined : access.get(accessToken)
      return session && !session.isOver ? session : null
    },
    async beginSignIn({ isKiosk }) {
      await begin(`beginSignIn ${isKiosk ? 'kiosk' : 'own'}`)
      return code
    },
    async askForTokens(): Promise<CodeAnswer> {
      try {
        await begin('askForTokens')
      } catch {
        return { kind: 'failed' }
      }
      if (fake.slowDowns > 0) {
        fake.slowDowns -= 1
        return { kind: 'slowDown' }
      }
      if (fake.answer !== 'yes') return { kind: fake.answer }
      const session: FakeSession = { sessionId: `session-${fake.sessions.length + 1}`, refreshTokens: [], isOver: false }
      fake.sessions.push(session)
      return { kind: 'tokens', tokens: tokensFor(session) }
    },
    async refresh(refreshToken) {
      await begin('refresh')
      const session = fake.sessions.find(({ refreshTokens }) => refreshTokens.includes(refreshToken))
      if (!session || session.isOver) return null
      if (session.refreshTokens.at(-1) !== refreshToken) {
        session.isOver = true
        return null
      }
      return tokensFor(session)
    },
    async revoke(refreshToken) {
      await begin('revoke')
      const session = fake.sessions.find(({ refreshTokens }) => refreshTokens.includes(refreshToken))
      if (session) session.isOver = true
    },
    async account() {
      await begin('account')
      return fake.account1
    },
    async devices() {
      await begin('devices')
      return devices()
    },
    async signOutDevice(sessionId) {
      await begin(`signOutDevice ${sessionId}`)
      for (const session of fake.sessions) if (session.sessionId === sessionId) session.isOver = true
      return devices()
    },
    async signOutEverywhere() {
      await begin('signOutEverywhere')
      for (const session of fake.sessions) session.isOver = true
    },
    settingsAddress: async () => 'https://127.0.0.1:4000/account',
  }
  return fake
}
