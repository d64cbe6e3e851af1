import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { RouteAuth } from '../../contract/http/routes.ts'
import type { GatewayRouteName } from '../../contract/http/sandbox-routes.ts'
import type { Device, Devices } from '../devices.ts'
import { problem } from '../problems.ts'
import type { ProofReader, ProofRegister } from './proof.ts'
import type { RateLimiter } from './rate-limit.ts'

/** Decides whether the caller may use the route; gives the device that proved itself, where the route needs one. */
export type Guard = (name: GatewayRouteName, auth: RouteAuth, request: FastifyRequest) => Promise<Device | undefined>

export interface GuardParts {
  readonly devices: Devices
  readonly readProof: ProofReader
  readonly proofs: ProofRegister
  readonly limiter: RateLimiter
  /** The token of the tester's routes; undefined in live mode, where no such route exists. */
  readonly controlToken: string | undefined
}

/** These cost the gateway a signature and a durable write, so a device may not ask for them without end. */
const limited: ReadonlySet<GatewayRouteName> = new Set<GatewayRouteName>([
  ...(['enrol', 'quote', 'purchase', 'acknowledge', 'logHead', 'dispute'] as const),
  ...(['tighten', 'askLoosening', 'confirmLoosening', 'withdrawLoosening', 'askReturn'] as const),
])

export function createGuard(parts: GuardParts): Guard {
  const { devices, readProof, proofs, limiter, controlToken } = parts

  async function proven(name: GatewayRouteName, auth: 'device' | 'enrolled', request: FastifyRequest): Promise<Device> {
    const { device, jti, expiresAtMs } = await readProof(request)
    if (auth === 'enrolled' && !(await devices.isEnrolled(device.deviceId))) throw problem('deviceUnknown')
    // Anyone can make up new keys, so enrolling is counted by address; all else by the key that has proved itself.
    const who = auth === 'enrolled' ? device.deviceId : request.ip
    if (limited.has(name)) limiter.count(`${name} ${who}`)
    await proofs.use(device.deviceId, jti, expiresAtMs)
    return device
  }

  return async (name, auth, request) => {
    switch (auth) {
      case 'none':
        return undefined
      case 'control':
        return checkControl(controlToken, request.headers.authorization)
      case 'device':
      case 'enrolled':
        return proven(name, auth, request)
    }
  }
}

function checkControl(token: string | undefined, header: string | undefined): undefined {
  const sha256 = (text: string) => createHash('sha256').update(text).digest()
  // Digests have one length, which a comparison in constant time needs.
  if (token !== undefined && timingSafeEqual(sha256(header ?? ''), sha256(`Bearer ${token}`))) return undefined
  throw problem('proofInvalid', {
    title: 'The control token is missing or wrong',
    headers: { 'www-authenticate': 'Bearer' },
  })
}
