import { expect, it } from 'vitest'
import { createGatewayTime } from '../../../src/main/adapters/gateway/gateway-time.ts'

const signedMs = Date.parse('2026-11-25T12:00:00.000Z')

it('carries the signed time on in whole milliseconds, by a clock that counts fractions', () => {
  let monotonicMs = 10.7
  const time = createGatewayTime({ now: () => signedMs, monotonicMs: () => monotonicMs })
  expect(time.now()).toBeNull()
  time.learn(signedMs)
  monotonicMs = 1_510.4
  expect(time.now()).toBe(signedMs + 1_499)
})
