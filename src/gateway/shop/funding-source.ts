import type { QuoteClaims } from '../../contract/http/claims.ts'
import type { CallingAccount } from '../oauth/calling-account.ts'
import { maskedEmail } from '../oauth/masked-email.ts'

type FundingSource = QuoteClaims['fundingSource']

/** Whether anything is sold to a device that is not signed in. */
export type AccountsRule = 'optional' | 'needed'

/** Where no account is needed, all devices that are signed in to none share this one. */
const sharedWallet: FundingSource = { id: 'sandbox-wallet', label: 'Sandbox wallet' }

/** The id of what an account pays from. */
export const walletOf = (accountId: string) => `wallet-${accountId}`

/**
 * What pays for a purchase. Each account has one, which its devices share; a real gateway would list the person's own. Its label is signed
 * into receipts, which stay when the account goes: it says no name, and of the address only as much as its owner knows it by.
 */
export function fundingSourceOf(account: CallingAccount | undefined): FundingSource {
  if (!account) return sharedWallet
  return { id: walletOf(account.accountId), label: `Wallet of ${maskedEmail(account.details.email)}` }
}

/**
 * Whose controls a device speaks of. Where an account is needed and there is none, they are the device's own: strangers would set each
 * other's controls otherwise.
 */
export function controlsSourceId(rule: AccountsRule, account: CallingAccount | undefined, deviceId: string): string {
  return account || rule === 'optional' ? fundingSourceOf(account).id : `device-${deviceId}`
}
