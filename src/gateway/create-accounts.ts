import { createIdentity } from './accounts/create-identity.ts'
import type { Identity } from './accounts/identity.ts'
import type { IdentityParts } from './accounts/identity-core.ts'
import type { Environment } from './environment.ts'
import { loadAccountKey } from './keys/account-key.ts'
import type { SigningKey } from './keys/signing-key.ts'
import { createTokens, type TokenIdentity, type TokenService } from './oauth/create-tokens.ts'
import { createMessaging, type Messaging } from './outbox/create-messaging.ts'
import type { TextSender } from './outbox/http-texts.ts'
import type { MailServer } from './outbox/smtp-post.ts'
import { readAccountBooks } from './shop/account-books.ts'
import { closeWallet, openWallet } from './shop/account-wallet.ts'
import type { Store } from './store/open-store.ts'

export type AccountWork = Pick<IdentityParts, 'passwordHash' | 'workSize'>

export interface AccountsParts extends Environment {
  readonly dataDir: string
  readonly store: Store
  readonly signingKey: SigningKey
  readonly publicOrigin: () => string
  readonly mail?: MailServer
  readonly texts?: TextSender
  readonly identity?: TokenIdentity
  readonly accountWork?: AccountWork
  readonly onError: (error: unknown) => void
}

export interface Accounts extends Pick<Messaging, 'outbox' | 'close'> {
  readonly identity: Identity
  readonly tokens: TokenService
}

/** Who people are, how they are reached, and which devices act in their name. */
export function createAccounts(parts: AccountsParts): Accounts {
  const { dataDir, store, signingKey, publicOrigin, now, randomBytes, onError } = parts
  const { delivery, outbox, close } = createMessaging({ mail: parts.mail, texts: parts.texts, now, onError })
  const identity = createIdentity({
    store,
    now,
    randomBytes,
    delivery,
    publicOrigin,
    key: loadAccountKey(dataDir),
    ...parts.accountWork,
    signOutDevices: (accountId, caller) => tokens.grants.signOutEverywhere(accountId, caller),
    keptElsewhere: async (accountId) => ({ devices: await tokens.grants.signedIn(accountId), ...(await readAccountBooks(store, accountId)) }),
    onMade: (transaction, owner) => openWallet(transaction, owner, now()),
    onDeleted: (transaction, owner) => closeWallet(transaction, owner, now()),
  })
  const tokens = createTokens({ store, signingKey, identity: parts.identity ?? identity, publicOrigin, now, randomBytes })
  return { identity, tokens, outbox, close }
}
