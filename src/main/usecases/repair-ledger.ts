import type { Language } from '../../contract/ipc/status.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { LedgerRepair, RepairRefusal } from '../ports/ledger-repair.ts'
import { restoreQuestion, startNewQuestion } from './ledger-questions.ts'

export interface RepairLedgerDeps {
  readonly ledger: LedgerRepair
  readonly askPerson: AskPerson
  readonly language: () => Language
}

export type RepairResult =
  | { readonly kind: 'refused'; readonly reason: RepairRefusal }
  /** The person said no, and nothing was changed. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'restored' | 'restarted'; readonly setAside: string | null }

/**
 * Puts the ledger back, or begins a new one where nothing can be put back (P6), after the person has said yes to just that
 * in a place that no page can reach. What is done is decided again after the answer, from what is there then.
 */
export function createRepairLedger({ ledger, askPerson, language }: RepairLedgerDeps) {
  return async function repairLedger(): Promise<RepairResult> {
    const found = await ledger.diagnose()
    if (found.kind === 'refused') return found
    const isRestorable = found.kind === 'restorable'
    const question = isRestorable ? restoreQuestion(language(), found) : startNewQuestion(language())
    if (!(await askPerson(question))) return { kind: 'declined' }
    const done = await (isRestorable ? ledger.restore() : ledger.startNew())
    return done.kind === 'refused' ? done : { kind: done.kind, setAside: done.setAside }
  }
}
