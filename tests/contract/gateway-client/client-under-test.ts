import type { GatewayConfig } from '../../../src/main/adapters/gateway/gateway-config.ts'
import { createVaultDevice } from '../../../src/main/adapters/device/vault-device.ts'
import { createHttpGateway, type HttpGatewayOptions } from '../../../src/main/adapters/gateway/http-gateway.ts'
import { createRandomIds } from '../../../src/main/adapters/system/random-ids.ts'
import type { PurchaseRequest } from '../../../src/contract/http/messages.ts'
import type { GatewayProblem } from '../../../src/main/ports/gateway.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { unsignedToken } from '../../support/tokens.ts'

/** The real client with a device of its own, pointed at any server. */
export function createClient(config: GatewayConfig, changes: Partial<HttpGatewayOptions> = {}) {
  const clock = createFakeClock(Date.now())
  const device = createVaultDevice({ vault: createFakeVault(), mayCreateKey: () => true })
  const gateway = createHttpGateway({
    ...{ clock, device, ids: createRandomIds(), config: async () => config, mustChain: false },
    ...changes,
  })
  return { clock, device, gateway }
}

/** Two texts in the form that the contract asks for; nobody here reads them. */
export const anyBody: PurchaseRequest = { quote: unsignedToken('quote', {}), authorisation: unsignedToken('yes', {}) }

/** Why the work came to nothing; throws when it came to something. */
export async function problemOf(work: Promise<unknown>): Promise<GatewayProblem> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason as { problem?: GatewayProblem },
  )
  if (!error) throw new Error('it succeeded')
  if (!error.problem) throw new Error('not a GatewayError', { cause: error })
  return error.problem
}
