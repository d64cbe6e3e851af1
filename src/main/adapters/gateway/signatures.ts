import * as v from 'valibot'
import { StepUpClaimsSchema } from '../../../contract/http/account-messages.ts'
import { DisputeClaimsSchema, jwsTypes, LogHeadClaimsSchema, ReceiptClaimsSchema } from '../../../contract/http/claims.ts'
import type { GatewaySignatures, ReceiptSignatures } from '../../ports/signatures.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { createReadSigned, createVerifyMessage } from './signed-message.ts'

/** Checks by the key that the gateway uses now and those it used before, so that old receipts stay good. */
export function createGatewaySignatures(
  { signingKey, formerSigningKeys = [] }: Pick<GatewayConfig, 'signingKey' | 'formerSigningKeys'>,
): GatewaySignatures & ReceiptSignatures {
  const keys = [signingKey, ...formerSigningKeys].map((key) => ({ key, read: createReadSigned(key), verify: createVerifyMessage(key) }))
  /** What the first key gives that fits. */
  const byAnyKey = <T>(read: (key: (typeof keys)[number]) => Promise<T>) => Promise.any(keys.map(read)).catch(() => null)
  return {
    receipt: (jws) => byAnyKey(({ read }) => read(jws, jwsTypes.receipt, ReceiptClaimsSchema)),
    signedReceipt: (jws) => byAnyKey(async ({ key, read }) => ({ claims: await read(jws, jwsTypes.receipt, ReceiptClaimsSchema), key })),
    logHead: (jws) => byAnyKey(({ read }) => read(jws, jwsTypes.logHead, LogHeadClaimsSchema)),
    dispute: (jws) => byAnyKey(({ read }) => read(jws, jwsTypes.dispute, DisputeClaimsSchema)),
    stepUp: (jws) => byAnyKey(({ read }) => read(jws, jwsTypes.stepUp, StepUpClaimsSchema)),
    message: (message) => keys.some(({ verify }) => isValid(() => verify(message, v.unknown()))),
  }
}

function isValid(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}
