/** Events of imports to fill a log with. Everything that a test does not name is plausible and does not matter to it. */
import type { NewEvent } from '../../src/domain/events.ts'
import type { ImportedRow, ImportPart } from '../../src/domain/imports.ts'

export function importedRow(n: number, changes: Partial<ImportedRow> = {}): ImportedRow {
  return {
    n,
    kind: 'charge',
    at: '2026-11-20T18:00:00.000Z',
    item: `Game ${n}`,
    payee: 'Steam',
    amount: { amount: '499', currency: 'EUR' },
    state: 'succeeded',
    key: `key-${n}`,
    ...changes,
  }
}

type MadeEvent = Extract<NewEvent, { type: 'import.made' }>

export function importMade(changes: Partial<ImportPart> = {}, actor = changes.memberId ?? 'person'): MadeEvent {
  const payload: ImportPart = { importId: 'import-1', part: 1, parts: 1, source: 'steam', fileName: 'history.html', counts: true, rows: [importedRow(1)], ...changes }
  return { type: 'import.made', actor, payload }
}

export function importUndone(importId = 'import-1', actor = 'person'): NewEvent {
  return { type: 'import.undone', actor, payload: { importId } }
}
