/** What an account's wallet has of its owner, from the first sign-up with an address to the last. */
import type { Controls } from '../../domain/controls.ts'
import { returnCoolingOffMs } from '../../domain/exclusion.ts'
import type { Store } from '../store/open-store.ts'
import { walletOf } from './funding-source.ts'

/** `subject`: a keyed hash of the account's address, the same for a new account with it. */
export interface WalletOwner {
  readonly accountId: string
  readonly subject: string
}

/**
 * Takes away what is kept of a wallet whose account has just been deleted, in the same transaction: controls, and prices that nothing came
 * of. Books stay. While an exclusion runs the controls are kept for the address: nobody gets out of one by signing up anew.
 */
export async function closeWallet(store: Store, { accountId, subject }: WalletOwner, nowMs: number): Promise<void> {
  const walletId = walletOf(accountId)
  const row = await store.selectFrom('controls').select('controls').where('funding_source_id', '=', walletId).executeTakeFirst()
  const keptUntilMs = row ? exclusionsHoldUntilMs(JSON.parse(row.controls) as Controls) : 0
  if (row && keptUntilMs > nowMs) await store.replaceInto('kept_controls').values({ subject, controls: row.controls, expires_at_ms: BigInt(keptUntilMs) }).execute()
  await store.deleteFrom('controls').where('funding_source_id', '=', walletId).execute()
  await store.deleteFrom('control_steps').where('funding_source_id', '=', walletId).execute()
  const bought = store.selectFrom('purchases').select('quote_id')
  await store.deleteFrom('quotes').where('account_id', '=', accountId).where('quote_id', 'not in', bought).execute()
  await forgetOld(store, nowMs)
}

/** Holds a new account to what was kept for its address. */
export async function openWallet(store: Store, { accountId, subject }: WalletOwner, nowMs: number): Promise<void> {
  await forgetOld(store, nowMs)
  const kept = await store.selectFrom('kept_controls').select('controls').where('subject', '=', subject).executeTakeFirst()
  if (!kept) return
  await store.insertInto('controls').values({ funding_source_id: walletOf(accountId), controls: kept.controls }).execute()
  await store.deleteFrom('kept_controls').where('subject', '=', subject).execute()
}

async function forgetOld(store: Store, nowMs: number): Promise<void> {
  await store.deleteFrom('kept_controls').where('expires_at_ms', '<=', BigInt(nowMs)).execute()
}

/** Nobody buys before the day after the end, when a return that was asked for at once acts. 0 for none. */
function exclusionsHoldUntilMs({ exclusion, exclusions = [] }: Controls): number {
  const ends = [exclusion, ...exclusions].flatMap((one) => (one ? [Date.parse(one.returnAskedAt ?? one.until) + returnCoolingOffMs] : []))
  return Math.max(0, ...ends)
}
