/**
 * Accounts and their passwords, kept by better-auth in the gateway's own tables. It is used as a library: none of its routes are served,
 * and it keeps no sessions or codes here, because those have to go by the gateway's clock, be hashed, and count their tries.
 */
import type { Auth, BetterAuthOptions } from 'better-auth'
import type { Store } from '../store/open-store.ts'
import type { PasswordHash } from './password-hash.ts'
import type { Secrets } from './secrets.ts'

/** Who has an address, and how they prove to be it. */
export interface Credential {
  readonly accountId: string
  readonly email: string
  /** Null for an account without a password. */
  readonly passwordHash: string | null
}

export interface Credentials {
  readonly findByEmail: (email: string) => Promise<Credential | null>
  readonly find: (accountId: string) => Promise<Credential | null>
  /** Null where somebody has the address already. */
  readonly create: (of: { readonly email: string; readonly passwordHash: string | null }) => Promise<string | null>
  readonly setPasswordHash: (accountId: string, passwordHash: string) => Promise<void>
  /** An empty name is none. */
  readonly rename: (accountId: string, name: string) => Promise<void>
  readonly hash: (password: string) => Promise<string>
  /** As much work where there is no hash to compare with, so that the time to answer tells nothing. */
  readonly verify: (passwordHash: string | null, password: string) => Promise<boolean>
}

export interface CredentialsParts {
  readonly store: Store
  readonly now: () => number
  readonly secrets: Secrets
  readonly passwordHash: PasswordHash
}

type Context = Awaited<Auth['$context']>

export function createCredentials({ store, now, secrets, passwordHash }: CredentialsParts): Credentials {
  let context: Promise<Context> | undefined
  const auth = () => (context ??= openAuth(authOptions({ store, secrets, passwordHash })))
  let decoy: Promise<string> | undefined

  async function withPassword(user: { readonly id: string; readonly email: string } | null | undefined): Promise<Credential | null> {
    if (!user) return null
    const accounts = await (await auth()).internalAdapter.findAccounts(user.id)
    return { accountId: user.id, email: user.email, passwordHash: accounts.find(({ providerId }) => providerId === 'credential')?.password ?? null }
  }

  async function addPassword(accountId: string, hash: string): Promise<void> {
    const at = new Date(now())
    const { internalAdapter } = await auth()
    await internalAdapter.linkAccount({ userId: accountId, accountId, providerId: 'credential', password: hash, createdAt: at, updatedAt: at })
  }

  return {
    async findByEmail(email) {
      const found = await (await auth()).internalAdapter.findUserByEmail(email)
      return withPassword(found?.user)
    },
    find: async (accountId) => withPassword(await (await auth()).internalAdapter.findUserById(accountId)),
    async create({ email, passwordHash: hash }) {
      const { internalAdapter } = await auth()
      if (await internalAdapter.findUserByEmail(email)) return null
      const at = new Date(now())
      const { id } = await internalAdapter.createUser({ email, name: '', emailVerified: true, createdAt: at, updatedAt: at }, { method: 'email-otp' })
      if (hash !== null) await addPassword(id, hash)
      return id
    },
    async setPasswordHash(accountId, hash) {
      const { internalAdapter } = await auth()
      const accounts = await internalAdapter.findAccounts(accountId)
      if (accounts.length === 0) await addPassword(accountId, hash)
      else await internalAdapter.updatePassword(accountId, hash)
    },
    async rename(accountId, name) {
      await (await auth()).internalAdapter.updateUser(accountId, { name, updatedAt: new Date(now()) })
    },
    hash: async (password) => (await auth()).password.hash(password),
    async verify(kept, password) {
      const { password: work } = await auth()
      decoy ??= work.hash(secrets.token())
      const isRight = await work.verify({ hash: kept ?? (await decoy), password })
      return kept !== null && isRight
    },
  }
}

/** Loaded when the first account is asked for: a gateway that nobody signs in to starts without it. */
async function openAuth(options: BetterAuthOptions): Promise<Context> {
  const { betterAuth } = await import('better-auth')
  return betterAuth(options).$context
}

function authOptions({ store, secrets, passwordHash }: Omit<CredentialsParts, 'now'>): BetterAuthOptions {
  return {
    // Its routes are not served, so that no address of it is ever in a link or a cookie.
    baseURL: 'https://tuppence.invalid',
    secret: secrets.derived('better-auth'),
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db: store, type: 'sqlite' },
    advanced: { database: { generateId: ({ model }) => secrets.id(model === 'user' ? 'account' : 'password') } },
    emailAndPassword: {
      enabled: true,
      password: { hash: (password) => passwordHash.hash(password), verify: ({ hash, password }) => passwordHash.verify(hash, password) },
    },
    user: { modelName: 'accounts', fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' } },
    account: {
      modelName: 'account_passwords',
      fields: { userId: 'user_id', accountId: 'account_id', providerId: 'provider_id', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
  }
}
