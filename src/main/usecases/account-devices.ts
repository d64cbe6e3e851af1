/** The devices that are signed in to the account, and signing one of them out. */
import type { SignedInDevice } from '../../contract/account.ts'
import type { DevicesResult } from '../../contract/ipc/account.ts'
import type { AccountGateway } from '../ports/account-gateway.ts'
import { GatewayError } from '../ports/gateway.ts'
import { VaultError } from '../ports/vault.ts'
import type { SessionKeeper } from './session.ts'

type Reason = Extract<DevicesResult, { kind: 'unavailable' }>['reason']

export interface AccountDevicesDeps {
  readonly gateway: Pick<AccountGateway, 'devices' | 'signOutDevice'>
  readonly session: Pick<SessionKeeper, 'current' | 'load'>
  readonly signOut: () => Promise<void>
}

export function createAccountDevices({ gateway, session, signOut }: AccountDevicesDeps) {
  async function devices(ask: () => Promise<readonly SignedInDevice[]>): Promise<DevicesResult> {
    try {
      await session.load()
      if (!session.current()) return unavailable('signedOut')
      return { kind: 'ok', devices: [...(await ask())] }
    } catch (error) {
      return unavailable(reasonFor(error))
    }
  }
  return {
    list: () => devices(gateway.devices),
    /** The device that this is has its own way, which needs no gateway. */
    async signOutDevice({ sessionId }: { readonly sessionId: string }): Promise<DevicesResult> {
      const listed = await devices(gateway.devices)
      if (listed.kind !== 'ok') return listed
      if (!listed.devices.some((device) => device.sessionId === sessionId && device.isThis)) return devices(() => gateway.signOutDevice(sessionId))
      await signOut()
      return unavailable('signedOut')
    },
  }
}

const unavailable = (reason: Reason): DevicesResult => ({ kind: 'unavailable', reason })

export function reasonFor(error: unknown): Reason {
  if (error instanceof VaultError) return 'keychainUnavailable'
  if (!(error instanceof GatewayError)) throw error
  if (error.problem.kind !== 'refused') return 'gatewayUnreachable'
  return error.problem.code === 'tokenInvalid' || error.problem.code === 'accountNeeded' ? 'signedOut' : 'gatewayRefused'
}
