import type { HistoryRow } from '../../../../contract/ipc/launcher.ts'
import type { Outcome } from '../../../../contract/ipc/outcome.ts'
import { assertNever } from '../../../assert-never.ts'

/** `notCharged`: a purchase that was unknown turned out not to have been charged. `broken`: the call itself failed. */
export type NoticeContent =
  | Outcome
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
      return content.reason === 'purchaseInProgress' ? 'quiet' : 'bad'
    case 'cancelled':
    case 'notCharged':
    case 'blocked':
      return 'quiet'
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

function settledContent(row: HistoryRow): NoticeContent | null {
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
export function settleNotices(notices: readonly Notice[], rows: readonly HistoryRow[]): readonly Notice[] {
  return notices.map((notice) => {
    const { content } = notice
    if (content.kind !== 'unknown') return notice
    const row = rows.find(({ purchaseId }) => purchaseId === content.purchaseId)
    const settled = row && settledContent(row)
    return settled ? { ...notice, content: settled } : notice
  })
}
