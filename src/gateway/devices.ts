import { instant } from './environment.ts'
import type { Store } from './store/open-store.ts'

export interface Device {
  /** RFC 7638 thumbprint of the key. */
  readonly deviceId: string
  /** The Ed25519 public key: the JWK member `x` (RFC 8037). */
  readonly publicKey: string
}

export interface Devices {
  /** Makes the device known. Repeating it changes nothing, because the id is the key's own thumbprint. */
  readonly enrol: (device: Device) => Promise<void>
  readonly isEnrolled: (deviceId: string) => Promise<boolean>
}

export function createDevices({ store, now }: { store: Store; now: () => number }): Devices {
  return {
    async enrol({ deviceId, publicKey }) {
      await store
        .insertInto('devices')
        .values({ device_id: deviceId, public_key: publicKey, enrolled_at: instant(now()) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async isEnrolled(deviceId) {
      const row = await store
        .selectFrom('devices')
        .select('device_id')
        .where('device_id', '=', deviceId)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
