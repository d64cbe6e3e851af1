import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Route } from '../../contract/http/routes.ts'
import type { GatewayRouteName } from '../../contract/http/sandbox-routes.ts'
import { addressGroup } from '../accounts/heat.ts'
import type { Device, Devices } from '../devices.ts'
import { assertNever } from '../../domain/assert-never.ts'
import type { Admit } from '../oauth/admit.ts'
import type { CallingAccount } from '../oauth/calling-account.ts'
import { problem, type ProblemError } from '../problems.ts'
import type { ProofReader, ProofRegister } from './proof.ts'
import type { RateLimiter } from './rate-limit.ts'

/** Who may go in: the device that proved itself, and in whose name it asks, where the route wants to know. */
export interface Admitted {
  readonly device: Device | undefined
  readonly account: CallingAccount | undefined
}

/** Decides whether the caller may use the route. */
export type Guard = (name: GatewayRouteName, route: Pick<Route, 'auth' | 'scope'>, request: FastifyRequest) => Promise<Admitted>

export interface GuardParts {
  readonly devices: Devices
  readonly readProof: ProofReader
  readonly proofs: ProofRegister
  readonly admit: Admit
  readonly limiter: RateLimiter
  /** The token of the tester's routes; undefined in live mode, where no such route exists. */
  readonly controlToken: string | undefined
}

/** These cost the gateway a signature and a durable write, so a device may not ask for them without end. */
const limited: ReadonlySet<GatewayRouteName> = new Set<GatewayRouteName>([
  ...(['enrol', 'quote', 'purchase', 'acknowledge', 'logHead', 'dispute'] as const),
  ...(['tighten', 'askLoosening', 'confirmLoosening', 'withdrawLoosening', 'askReturn'] as const),
  ...(['deviceAuthorization', 'token', 'revoke', 'signOutDevice', 'signOutEverywhere', 'sendStepUpCode', 'stepUp'] as const),
])

export function createGuard(parts: GuardParts): Guard {
  const { readProof, proofs, limiter, admit, controlToken } = parts

  function count(name: GatewayRouteName, who: string): void {
    if (limited.has(name)) limiter.count(`${name} ${who}`)
  }

  /** Anyone can make up new keys, so what needs nothing but a key is counted by address; all else by the key that has proved itself. */
  async function proven(name: GatewayRouteName, request: FastifyRequest): Promise<Admitted> {
    const { device, jti, expiresAtMs } = await readProof(request)
    count(name, addressGroup(request.ip))
    await proofs.use(device.deviceId, jti, expiresAtMs)
    return { device, account: undefined }
  }

  async function enrolled(name: GatewayRouteName, request: FastifyRequest): Promise<Admitted> {
    const { device, jti, ath, expiresAtMs } = await readProof(request)
    const { deviceId } = device
    if (!(await parts.devices.isEnrolled(deviceId))) throw problem('deviceUnknown')
    count(name, deviceId)
    await proofs.use(deviceId, jti, expiresAtMs)
    const account = await admit(request.headers.authorization, { deviceId, ath })
    // However many devices somebody has, they are one.
    if (account) count(name, `account ${account.accountId}`)
    return { device, account }
  }

  return async (name, { auth, scope }, request) => {
    switch (auth) {
      case 'none':
        return nobody
      case 'control':
        checkControl(controlToken, request.headers.authorization)
        return nobody
      case 'device':
        return proven(name, request)
      case 'enrolled':
      case 'account': {
        const admitted = await enrolled(name, request)
        if (auth === 'account' && !admitted.account) throw problem('accountNeeded', { headers: { 'www-authenticate': 'DPoP algs="EdDSA"' } })
        if (admitted.account && scope !== undefined && !admitted.account.scopes.includes(scope)) throw scopeMissing(scope)
        return admitted
      }
      default:
        return assertNever(auth)
    }
  }
}

const nobody: Admitted = { device: undefined, account: undefined }

function scopeMissing(scope: string): ProblemError {
  return problem('scopeMissing', { headers: { 'www-authenticate': `DPoP error="insufficient_scope", scope="${scope}", algs="EdDSA"` } })
}

function checkControl(token: string | undefined, header: string | undefined): void {
  const sha256 = (text: string) => createHash('sha256').update(text).digest()
  // Digests have one length, which a comparison in constant time needs.
  if (token !== undefined && timingSafeEqual(sha256(header ?? ''), sha256(`Bearer ${token}`))) return
  throw problem('proofInvalid', {
    title: 'The control token is missing or wrong',
    headers: { 'www-authenticate': 'Bearer' },
  })
}
