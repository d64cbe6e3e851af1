/** What must be true of money and ledger once everything is settled, whatever was killed before. */
import type { Charge } from '../../src/contract/http/messages.ts'
import type { PurchaseRow } from '../../src/contract/ipc/launcher.ts'

export type ViolationKind =
  /** Charged, and the ledger does not say so; or durable once, and not there any more. */
  | 'lost'
  /** Charged more than once for one approval. */
  | 'doubled'
  /** Charged without an approval of exactly this. */
  | 'unapproved'
  /** The ledger says paid, and nothing was charged. */
  | 'unfounded'
  /** Still open although the gateway answers and the quote has ended. */
  | 'stuck'
  /** The ledger does not verify, or cannot be used. */
  | 'tampered'
  /** In the ledger, and not on the history's screen. */
  | 'hidden'

export interface Violation {
  readonly kind: ViolationKind
  readonly what: string
}

export interface Settled {
  readonly ledger: string
  readonly rows: readonly PurchaseRow[]
  readonly verification: string
  /** Lines on which the ledger's own comparison with the gateway's list finds a difference; null when it could not compare. */
  readonly differences: number | null
  readonly stillOpen: number
  readonly charges: readonly Charge[]
  /** Purchases whose approval was on the disk before some kill. */
  readonly approved: ReadonlySet<string>
  /** Purchases of which somebody was told that they are paid. */
  readonly toldPaid: ReadonlySet<string>
}

const chargedStates: ReadonlySet<PurchaseRow['state']> = new Set(['succeeded', 'partlyRefunded', 'refunded', 'chargedBack'])
const openStates: ReadonlySet<PurchaseRow['state']> = new Set(['approved', 'unknown'])

export function violationsIn(found: Settled): Violation[] {
  const violations: Violation[] = []
  const note = (kind: ViolationKind, what: string) => void violations.push({ kind, what })
  const byKey = Map.groupBy(found.charges, ({ idempotencyKey }) => idempotencyKey)
  const rows = new Map(found.rows.map((row) => [row.purchaseId as string, row]))

  if (found.ledger !== 'ready') note('tampered', `the ledger is ${found.ledger}`)
  if (found.verification !== 'clean') note('tampered', `verifying says ${found.verification}`)
  if (found.differences !== 0) note('lost', `ledger and gateway differ on ${found.differences ?? 'who knows how many'} lines`)
  if (found.stillOpen > 0) note('stuck', `${found.stillOpen} purchases are still open`)
  if (rows.size !== found.rows.length) note('doubled', 'the history shows a purchase twice')

  for (const [key, charges] of byKey) {
    const row = rows.get(key)
    if (charges.length > 1) note('doubled', `${key} was charged ${charges.length} times`)
    if (!row) note('unapproved', `${key} was charged and the ledger has no approval for it`)
    else if (charges.some((charge) => !isOf(row, charge))) note('unapproved', `${key} was charged for something else`)
    else if (!chargedStates.has(row.state)) note('lost', `${key} was charged and the history shows it as ${row.state}`)
  }
  for (const [id, { state }] of rows) {
    if (openStates.has(state)) note('stuck', `${id} is shown as ${state}`)
    if (chargedStates.has(state) && !byKey.has(id)) note('unfounded', `${id} is shown as ${state} and was not charged`)
  }
  for (const id of found.approved) if (!rows.has(id)) note('lost', `the approval ${id} is gone`)
  for (const id of found.toldPaid) if (!chargedStates.has(rows.get(id)?.state ?? 'voided')) note('lost', `${id} was told to be paid`)
  return violations
}

function isOf({ price, receiptNumber }: PurchaseRow, charge: Charge): boolean {
  const isSettled = receiptNumber === null || receiptNumber === charge.receiptNumber
  return price.amount === charge.amount && price.currency === charge.currency && isSettled
}
