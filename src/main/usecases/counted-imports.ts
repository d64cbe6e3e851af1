import { countedKey, countingRows } from '../../domain/import-rules.ts'
import type { ImportSource } from '../../domain/imports.ts'
import type { EventLog } from '../ports/event-log.ts'

const eventsPerTurn = 500

/**
 * P4: what was counted by imports of that source which were undone since (`countedKey`). It stays counted, and so does not count again.
 * There mostly is none, and then nothing is read.
 */
export async function countedByUndone(
  log: Pick<EventLog, 'events' | 'family'>,
  source: ImportSource,
  nextTurn: () => Promise<void>,
): Promise<ReadonlySet<string>> {
  const undone = new Set((log.family().imports ?? []).filter((one) => one.isUndone && one.counts && one.source === source).map(({ importId }) => importId))
  const keys = new Set<string>()
  if (undone.size === 0) return keys
  let read = 0
  for (const event of log.events()) {
    if (++read % eventsPerTurn === 0) await nextTurn()
    if (event.type !== 'import.made' || !undone.has(event.payload.importId)) continue
    for (const row of countingRows(event.payload)) keys.add(countedKey(source, row, event.payload.memberId ?? null))
  }
  return keys
}
