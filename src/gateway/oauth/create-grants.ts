import type { Caller, Identity } from '../accounts/identity.ts'
import type { Environment } from '../environment.ts'
import type { Store } from '../store/open-store.ts'
import { createCodeTries } from './code-tries.ts'
import { answerGrant, type DeviceGrant, waitingGrant } from './device-codes.ts'
import { endAllSessions, endSession, scopesIn, signedInDevices } from './device-sessions.ts'
import type { DeviceGrants, WaitingDevice } from './grants.ts'
import { readUserCode } from './user-code.ts'

type Parts = Environment & { readonly store: Store; readonly identity: Pick<Identity, 'record'> }

export function createGrants(parts: Parts): DeviceGrants {
  const { store, identity } = parts
  const tries = createCodeTries(parts)

  /** Nobody finds out by trying which codes there are, not even by answering them. */
  async function answer(typed: string, state: 'approved' | 'denied', accountId: string, { ip }: Caller): Promise<boolean> {
    if (tries.waitMs(ip) > 0) return false
    const userCode = readUserCode(typed)
    const isAnswered = userCode !== null && (await answerGrant(parts, userCode, state, accountId))
    if (!isAnswered) tries.failed(ip)
    return isAnswered
  }

  return {
    async find(typed, { ip }) {
      const waitMs = tries.waitMs(ip)
      if (waitMs > 0) return { kind: 'wait', waitMs }
      const userCode = readUserCode(typed)
      const grant = userCode === null ? undefined : await waitingGrant(parts, userCode)
      if (grant) return described(grant)
      tries.failed(ip)
      return null
    },
    async approve(userCode, accountId, caller) {
      if (!(await answer(userCode, 'approved', accountId, caller))) return 'gone'
      await identity.record(accountId, 'deviceSignedIn', caller)
      return 'approved'
    },
    async deny(userCode, accountId, caller) {
      if (!(await answer(userCode, 'denied', accountId, caller))) return 'gone'
      await identity.record(accountId, 'deviceDenied', caller)
      return 'denied'
    },
    signedIn: (accountId) => signedInDevices(parts, accountId),
    async signOut(accountId, sessionId, caller) {
      if (await endSession(store, accountId, sessionId)) await identity.record(accountId, 'deviceSignedOut', caller)
    },
    async signOutEverywhere(accountId, caller) {
      await endAllSessions(store, accountId)
      await identity.record(accountId, 'signedOutEverywhere', caller)
    },
  }
}

function described(grant: DeviceGrant): WaitingDevice {
  return {
    userCode: grant.user_code,
    deviceName: grant.device_name,
    scopes: scopesIn(grant.scope),
    isKiosk: grant.is_kiosk === 1n,
    askedAt: grant.asked_at,
    ip: grant.ip,
  }
}
