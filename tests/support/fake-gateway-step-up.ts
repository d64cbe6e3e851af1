/** The account's second factor as the fake gateway looks at it: by the same rules as the reference server, in memory and without signatures. */
import type { CodeWay } from '../../src/contract/account.ts'
import type { StepUpClaims } from '../../src/contract/http/account-messages.ts'
import type { AuthorisationClaims, QuoteClaims } from '../../src/contract/http/claims.ts'
import type { PurchaseRequest } from '../../src/contract/http/messages.ts'
import { looseningDigest } from '../../src/domain/canonical.ts'
import type { Change } from '../../src/domain/controls.ts'
import { fromWire } from '../../src/domain/money.ts'
import type { StepUpReason } from '../../src/domain/step-up.ts'
import { countIn } from '../../src/gateway/shop/exchange.ts'
import { sha256 } from '../../src/main/adapters/system/sha256.ts'
import type { StepUp, StepUpAccount, StepUpAnswer } from '../../src/main/ports/step-up.ts'
import { fakeDeviceId } from './fake-device.ts'
import { refused } from './fake-gateway-controls.ts'
import { claimsOf, unsignedToken } from './tokens.ts'

/** The code that is right, whichever way it is given. */
export const rightCode = '246810'
export const wrongCode = '135791'

export const totpWay: CodeWay = { method: 'totp' }
export const emailWay: CodeWay = { method: 'email', destination: 'r…n@example.org' }

export const robin: StepUpAccount = { accountId: 'account-robin', ways: [totpWay, emailWay], above: { amount: '2000', currency: 'EUR' } }

const lifeMs = 5 * 60_000
const triesBeforeWait = 5
const firstWaitMs = 30_000

type Given = Parameters<StepUp['give']>[0]

export function createFakeStepUp(now: () => number) {
  let account: StepUpAccount | null = null
  const paid = new Set<string>()
  const used = new Set<string>()
  const sent: { readonly digest: string; readonly method: 'sms' | 'email' }[] = []
  let isFirst = true
  let failures = 0
  let waitUntilMs = 0
  let signed = 0

  function signedIn(): StepUpAccount {
    if (!account) throw refused('tokenInvalid')
    return account
  }

  function give({ digest, method, code }: Omit<Given, 'accountId'>): StepUpAnswer {
    const { accountId } = signedIn()
    if (now() < waitUntilMs) return { kind: 'wait', waitMs: waitUntilMs - now() }
    if (code !== rightCode) {
      failures += 1
      waitUntilMs = failures < triesBeforeWait ? 0 : now() + firstWaitMs * 2 ** (failures - triesBeforeWait)
      return { kind: 'wrong', waitMs: Math.max(0, waitUntilMs - now()) }
    }
    failures = 0
    signed += 1
    const [givenAt, expiresAt] = [new Date(now()).toISOString(), new Date(now() + lifeMs).toISOString()]
    const claims: StepUpClaims = { stepUpId: `step-up-${signed}`, accountId, deviceId: fakeDeviceId, digest, method, givenAt, expiresAt }
    return { kind: 'given', stepUp: unsignedToken('tuppence-step-up+jws', claims) }
  }

  function assertGood(stepUp: string | undefined, digest: string): void {
    if (stepUp === undefined) throw refused('stepUpNeeded')
    const claims = claimsOf(stepUp) as StepUpClaims
    const isGood = claims.accountId === signedIn().accountId && claims.digest === digest && now() < Date.parse(claims.expiresAt) && !used.has(claims.stepUpId)
    if (!isGood) throw refused('stepUpNeeded')
    used.add(claims.stepUpId)
  }

  return {
    sent,
    account: (): StepUpAccount | null => account,
    signIn(as: StepUpAccount = robin): void {
      account = as
      isFirst = true
    },
    signOut: () => void (account = null),
    /** The device and these sellers are known to the account by now. */
    knows(sellerIds: readonly string[]): void {
      isFirst = false
      for (const sellerId of sellerIds) paid.add(sellerId)
    },
    sendCode(asked: { readonly digest: string; readonly method: 'sms' | 'email' }): Awaited<ReturnType<StepUp['sendCode']>> {
      signedIn()
      sent.push(asked)
      return { kind: 'sent' }
    },
    give,
    reasonsFor({ sellerId, price }: Pick<QuoteClaims, 'sellerId' | 'price'>): StepUpReason[] {
      if (!account) return []
      const isAbove = countIn(fromWire(price), 'EUR').amount >= BigInt(account.above.amount)
      return [...(isFirst ? ['firstOnDevice' as const] : []), ...(paid.has(sellerId) ? [] : ['newSeller' as const]), ...(isAbove ? ['aboveAmount' as const] : [])]
    },
    assertPurchase(quote: QuoteClaims, { challengeDigest }: AuthorisationClaims, { stepUp }: PurchaseRequest): void {
      if (quote.stepUp) assertGood(stepUp, challengeDigest)
    },
    assertLoosening(asked: { readonly changeId: string; readonly change: Change; readonly stepUp?: string }): void {
      if (account) assertGood(asked.stepUp, looseningDigest(asked, sha256))
    },
    charged({ sellerId }: Pick<QuoteClaims, 'sellerId'>): void {
      isFirst = false
      paid.add(sellerId)
    },
  }
}
