/** A real gateway with people who have accounts, and devices that sign in to them. */
import type { GatewayOptions } from '../../src/gateway/create-gateway.ts'
import { createFakeIdentity, type FakeIdentity } from './fake-identity.ts'
import { type SigningIn, signingIn } from './signing-in.ts'
import { startTestGateway, type TestWorld } from './test-gateway.ts'

export interface AccountWorld extends TestWorld, SigningIn {
  readonly people: FakeIdentity
}

export async function startAccountWorld(options: Partial<GatewayOptions> = {}): Promise<AccountWorld> {
  const people = createFakeIdentity()
  const world = await startTestGateway({ identity: people, ...options })
  const { close, ...devices } = signingIn({ ...world, people, now: () => world.clock.nowMs })
  return {
    ...world,
    ...devices,
    people,
    async close() {
      await close()
      await world.close()
    },
  }
}
