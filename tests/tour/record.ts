import type { Charge } from '../../src/contract/http/messages.ts'
import { payloadsOf, readLedger } from '../support/ledger-file.ts'

/** What was bought, charged and recorded, from three independent places, so that a reader can compare them. */
export function record(dataDir: string, charges: readonly Charge[]) {
  const ledger = readLedger(dataDir)
  return {
    bought: payloadsOf(ledger, 'purchase.approved').map((approval) => {
      const { payee, item, price } = approval['challenge'] as Record<string, unknown>
      return { payee, item, price }
    }),
    cancelled: payloadsOf(ledger, 'purchase.cancelled').length,
    charged: charges,
    recorded: ledger.postings.map(({ account, amount, currency }) => ({ account, amount: amount.toString(), currency })),
    events: ledger.events.map(({ seq, type }) => ({ seq: Number(seq), type })),
  }
}
