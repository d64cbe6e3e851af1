/**
 * Finds the charge that a refund gives back: the one with its order number, else the last one before it with its name and amount. Sets the
 * state of both. In no case more is given back than was charged.
 */
import type { DraftRow } from './draft-row.ts'

/** So many charges with one order number are looked at; hostile files have a million. */
const mostOfAnOrder = 100

interface Charge {
  readonly draft: DraftRow
  left: bigint
}

export function linkRefunds(drafts: readonly DraftRow[]): void {
  if (!drafts.some(({ row, isRefunded }) => row.kind === 'refund' || isRefunded)) return
  const byOrder = new Map<string, Charge[]>()
  const byName = new Map<string, Charge[]>()
  for (const draft of inTime(drafts)) {
    if (draft.row.kind === 'charge') {
      const charge = { draft, left: draft.minor }
      if (draft.row.order !== undefined) push(byOrder, orderKey(draft), charge)
      push(byName, nameKey(draft), charge)
      if (draft.isRefunded) draft.row.state = 'refunded'
      continue
    }
    draft.row.state = 'refunded'
    // Some stores give every line a number of its own: one that no charge has says nothing about which it was.
    const ofThatOrder = draft.row.order === undefined ? undefined : byOrder.get(orderKey(draft))
    const charge = ofThatOrder ? ofOrder(draft, ofThatOrder) : ofName(draft, byName.get(nameKey(draft)) ?? [])
    if (!charge) continue
    charge.left -= draft.minor
    draft.of = charge.draft
    charge.draft.row.state = charge.left === 0n || charge.draft.isRefunded ? 'refunded' : 'partlyRefunded'
  }
  for (const draft of drafts) if (draft.of) draft.row.state = draft.of.row.state
}

/** On one day a charge comes before a refund: files with days alone have them in either order. */
function inTime(drafts: readonly DraftRow[]): DraftRow[] {
  const rank = ({ row }: DraftRow) => (row.kind === 'charge' ? 0 : 1)
  const order = (a: string, b: string) => (a < b ? -1 : Number(a > b))
  return drafts.toSorted((a, b) => order(a.day, b.day) || rank(a) - rank(b) || order(a.row.at, b.row.at))
}

function ofOrder(refund: DraftRow, charges: readonly Charge[]): Charge | null {
  const open = charges.slice(-mostOfAnOrder).filter(({ left }) => left >= refund.minor).toReversed()
  return open.find(({ draft }) => draft.row.item === refund.row.item) ?? open.find(({ left }) => left === refund.minor) ?? open[0] ?? null
}

/** Charges that are used up are dropped on the way: each is looked at once. */
function ofName(refund: DraftRow, charges: Charge[]): Charge | null {
  for (let charge = charges.pop(); charge; charge = charges.pop()) {
    if (charge.left === refund.minor) return charge
  }
  return null
}

function push(map: Map<string, Charge[]>, key: string, charge: Charge): void {
  const charges = map.get(key)
  if (charges) charges.push(charge)
  else map.set(key, [charge])
}

const orderKey = ({ row }: DraftRow) => `${row.amount.currency} ${row.order}`
const nameKey = ({ row }: DraftRow) => `${row.amount.currency} ${row.amount.amount} ${row.payee}\n${row.item}`
