/** People for the token end points, who never forget their code: everybody's is the one that was sent last, or `424242` by authenticator. */
import type { CodeMethod, CodeWay } from '../../src/contract/account.ts'
import type { Account, SecurityEventKind } from '../../src/gateway/accounts/identity.ts'
import type { TokenIdentity } from '../../src/gateway/oauth/create-tokens.ts'

export const authenticatorCode = '424242'

type Changeable<T> = { -readonly [K in keyof T]: T[K] }

export interface FakeIdentity extends Changeable<TokenIdentity> {
  /** Everybody there is; tests may change them. */
  readonly people: Map<string, Account>
  readonly recorded: { readonly accountId: string; readonly kind: SecurityEventKind }[]
  /** The code that was sent last, by account and purpose. */
  readonly sent: Map<string, string>
  /** Accounts whose browsers were all signed out. */
  readonly browsersOut: string[]
  add(accountId: string, changes?: Partial<Account>): Account
}

export function createFakeIdentity(): FakeIdentity {
  const people = new Map<string, Account>()
  const recorded: FakeIdentity['recorded'] = []
  const sent = new Map<string, string>()
  const used = new Set<string>()
  const browsersOut: string[] = []
  let codes = 100_000

  function isRight(accountId: string, method: CodeMethod, code: string, purpose: string): boolean {
    if (method === 'totp') return code === authenticatorCode
    const key = `${accountId} ${purpose}`
    if (sent.get(key) !== code || used.has(`${key} ${code}`)) return false
    used.add(`${key} ${code}`)
    return true
  }

  return {
    ...{ people, recorded, sent, browsersOut },
    add(accountId, changes = {}) {
      const account: Account = {
        ...{ accountId, email: `${accountId}@example.org`, displayName: null, createdAt: '2026-11-01T09:00:00.000Z', hasPassword: true },
        ...{ secondFactors: ['totp'], phone: null, recoveryCodesLeft: 8, passkeys: [], stepUpAboveCents: 2000n },
        ...changes,
      }
      people.set(accountId, account)
      return account
    },
    account: async (accountId) => people.get(accountId) ?? null,
    async record(accountId, kind) {
      recorded.push({ accountId, kind })
    },
    async endPageSessions(accountId) {
      browsersOut.push(accountId)
    },
    codeWays: async (): Promise<readonly CodeWay[]> => [{ method: 'totp' }, { method: 'email', destination: 'a…z@example.org' }],
    async sendCode(accountId, _method, purpose) {
      codes += 1
      sent.set(`${accountId} ${purpose}`, String(codes))
      return { kind: 'done' }
    },
    checkCode: async (accountId, { method, code, purpose }) => ({ kind: isRight(accountId, method, code, purpose) ? 'done' : 'wrong' }),
  }
}
