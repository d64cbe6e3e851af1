import type { AnsweredResult, AskedResult, HouseholdRefusal } from '../../../../contract/ipc/household.ts'
import type { PurchaseRow } from '../../../../contract/ipc/launcher.ts'
import type { Outcome, RefusalReason } from '../../../../contract/ipc/outcome.ts'
import { assertNever } from '../../../assert-never.ts'

type Blocked = Extract<Outcome, { kind: 'blocked' }>

/** A blocked purchase that a guardian could say yes to for once. */
export type Askable = Pick<Blocked, 'item' | 'payee'> & { readonly askIn: { readonly offerId: string } }

/** A blocked purchase; `askableAtMs` is when a guardian can be asked, on the page's own clock that only runs forward. */
export type BlockedNotice = Omit<Blocked, 'askIn'> & { readonly askIn?: { readonly offerId: string; readonly askableAtMs: number } }

/** A guardian was asked, and what for. */
export type AskedNotice = Exclude<AskedResult, { kind: 'refused' }> & Pick<Blocked, 'item' | 'payee'>

/** `notCharged`: a purchase that was unknown turned out not to have been charged. `broken`, `askFailed`: the call itself failed. */
export type NoticeContent =
  /** `offerId` is there where signing in would help. */
  | (Extract<Outcome, { kind: 'refused' }> & { readonly offerId?: string })
  | Exclude<AnsweredResult, { kind: 'blocked' | 'refused' }>
  | BlockedNotice
  | AskedNotice
  | { readonly kind: 'notAsked'; readonly reason: HouseholdRefusal }
  | { readonly kind: 'askFailed' }
  | { readonly kind: 'notCharged'; readonly purchaseId: string; readonly item: string }
  | { readonly kind: 'broken' }

export interface Notice {
  readonly id: number
  readonly content: NoticeContent
}

export type Tone = 'good' | 'open' | 'bad' | 'quiet'

/** Quiet where nothing went wrong, as when a rule that the person made has done its work. */
export function toneOf(content: NoticeContent): Tone {
  switch (content.kind) {
    case 'succeeded':
      return 'good'
    case 'unknown':
    case 'broken':
      return 'open'
    case 'declined':
      return 'bad'
    case 'refused':
      return content.reason === 'purchaseInProgress' || content.reason === 'accountNeeded' ? 'quiet' : 'bad'
    case 'cancelled':
    case 'notCharged':
    case 'blocked':
    case 'asked':
    case 'already':
    case 'notAsked':
    case 'denied':
    case 'changed':
    case 'notAnswered':
      return 'quiet'
    case 'askFailed':
      return 'bad'
    default:
      return assertNever(content)
  }
}

/** Only what is still open stays beside news; anything older was seen. */
export function keepOpen(notices: readonly Notice[]): readonly Notice[] {
  return notices.filter(({ content }) => content.kind === 'unknown')
}

export function addNotice(notices: readonly Notice[], content: NoticeContent): readonly Notice[] {
  const id = 1 + Math.max(0, ...notices.map((notice) => notice.id))
  return [...keepOpen(notices), { id, content }]
}

export function isAskable(blocked: BlockedNotice): blocked is BlockedNotice & { readonly askIn: NonNullable<BlockedNotice['askIn']> } {
  return blocked.askIn !== undefined
}

/** A guardian who answers is not told to ask one. */
export function withoutAsking({ askIn: _, ...blocked }: Blocked): BlockedNotice {
  return blocked
}

/** Whether signing in is what helps. */
export function needsAccount(reason: RefusalReason): boolean {
  return reason === 'accountNeeded' || reason === 'signedOutElsewhere'
}

function settledContent(row: PurchaseRow): NoticeContent | null {
  const { purchaseId, item, payee, price, receiptNumber, settledAt } = row
  switch (row.state) {
    case 'succeeded':
    case 'partlyRefunded':
    case 'refunded':
    case 'chargedBack':
      if (receiptNumber === null || settledAt === null) return null
      return { kind: 'succeeded', purchaseId, item, payee, price, receiptNumber, chargedAt: settledAt }
    case 'declined':
    case 'voided':
      return { kind: 'notCharged', purchaseId, item }
    case 'approved':
    case 'unknown':
      return null
    default:
      return assertNever(row.state)
  }
}

/** Replaces each open notice by what the history now knows of its purchase. */
export function settleNotices(notices: readonly Notice[], rows: readonly PurchaseRow[]): readonly Notice[] {
  return notices.map((notice) => {
    const { content } = notice
    if (content.kind !== 'unknown') return notice
    const row = rows.find(({ purchaseId }) => purchaseId === content.purchaseId)
    const settled = row && settledContent(row)
    return settled ? { ...notice, content: settled } : notice
  })
}
