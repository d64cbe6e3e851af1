/** What a signed-in device may ask about its account, and how it gives the second factor in the person's name. */
import { assertNever } from '../../domain/assert-never.ts'
import type { Caller, Identity } from '../accounts/identity.ts'
import type { Environment } from '../environment.ts'
import type { Handlers } from '../http/route-types.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { problem } from '../problems.ts'
import type { Store } from '../store/open-store.ts'
import type { CallingAccount } from './calling-account.ts'
import { signedInDevices } from './device-sessions.ts'
import type { DeviceGrants } from './grants.ts'
import { maskedEmail } from './masked-email.ts'
import { signStepUp } from './step-ups.ts'

export type AccountRouteName = 'account' | 'accountDevices' | 'signOutDevice' | 'signOutEverywhere' | 'sendStepUpCode' | 'stepUp'

export type AccountParts = Environment & {
  readonly store: Store
  readonly signingKey: SigningKey
  readonly identity: Pick<Identity, 'codeWays' | 'sendCode' | 'checkCode' | 'record' | 'endPageSessions'>
  readonly grants: DeviceGrants
}

export function createAccountHandlers(parts: AccountParts): Handlers<AccountRouteName> {
  const { identity, grants } = parts
  const devicesOf = async ({ accountId, sessionId }: CallingAccount) => ({ devices: await signedInDevices(parts, accountId, sessionId) })
  return {
    async account({ account: { accountId, scopes, signedInAt, details } }) {
      return {
        ...{ accountId, displayName: details.displayName, email: maskedEmail(details.email), scopes: [...scopes], signedInAt },
        codeWays: [...(await identity.codeWays(accountId))],
        stepUpAbove: { amount: details.stepUpAboveCents.toString(), currency: 'EUR' },
      }
    },
    accountDevices: ({ account }) => devicesOf(account),
    async signOutDevice({ account, params: { sessionId }, caller }) {
      await grants.signOut(account.accountId, sessionId, caller)
      return devicesOf(account)
    },
    async signOutEverywhere({ account: { accountId }, caller }) {
      await grants.signOutEverywhere(accountId, caller)
      await identity.endPageSessions(accountId)
      return {}
    },
    async sendStepUpCode({ account, body: { digest, method }, caller }) {
      const ways = await identity.codeWays(account.accountId)
      if (!ways.some((way) => way.method === method)) throw problem('badRequest', { title: 'Nothing was charged: no code can be sent in that way' })
      const result = await identity.sendCode(account.accountId, method, purposeOf(account, digest), caller)
      if (result.kind === 'done') return { kind: 'sent' }
      return { kind: 'wait', waitMs: result.kind === 'wait' ? result.waitMs : 0 }
    },
    stepUp: ({ account, device: { deviceId }, body, caller }) => giveStepUp(parts, { account, deviceId }, body, caller),
  }
}

/** A code that was sent for one step-up is good for no other, and at no other device. */
function purposeOf({ sessionId }: CallingAccount, digest: string): string {
  return `stepUp:${sessionId}:${digest}`
}

type Given = { readonly digest: string; readonly method: 'totp' | 'sms' | 'email' | 'recovery'; readonly code: string }

async function giveStepUp(
  parts: AccountParts,
  { account, deviceId }: { readonly account: CallingAccount; readonly deviceId: string },
  { digest, method, code }: Given,
  caller: Caller,
) {
  const { identity } = parts
  const { accountId } = account
  const result = await identity.checkCode(accountId, { method, code, purpose: purposeOf(account, digest) }, caller)
  switch (result.kind) {
    case 'done':
      await identity.record(accountId, 'stepUpGiven', caller)
      return { kind: 'given', stepUp: await signStepUp(parts, { accountId, deviceId, digest }, method) } as const
    case 'wait':
      return { kind: 'wait', waitMs: result.waitMs } as const
    case 'wrong':
    case 'proofWanted':
      await identity.record(accountId, 'stepUpFailed', caller)
      return { kind: 'wrong', waitMs: 0 } as const
    default:
      return assertNever(result)
  }
}
