import type { NewSecondFactor } from '../../ports/credentials.ts'
import { qrModules } from './qr-modules.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import { keyUri, newTotpSecret } from './totp.ts'

/** A fresh secret with its URI and QR code, and fresh recovery codes. */
export function newSecondFactor(accountLabel: string): NewSecondFactor {
  const secret = newTotpSecret()
  const uri = keyUri(secret, accountLabel)
  return { secret, uri, qr: qrModules(uri), recoveryCodes: newRecoveryCodes() }
}
