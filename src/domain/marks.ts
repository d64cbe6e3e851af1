/** Events of which the newest is asked for again and again, so that nobody reads the whole log for it. */
import type { EventType } from './events.ts'

export const markedTypes = [
  'log.restored',
  'log.restarted',
  'log.countersigned',
  'ledger.reconciled',
  'import.undone',
] as const satisfies readonly EventType[]
export type MarkedType = (typeof markedTypes)[number]

export function isMarked(type: EventType): type is MarkedType {
  return (markedTypes as readonly EventType[]).includes(type)
}
