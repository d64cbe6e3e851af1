/** Limits and the other controls as a month found and left them, and every change between. A pure fold over the events. */
import { type Change, type Controls, nextControls, noControls } from '../controls.ts'
import type { EventType, LogEvent } from '../events.ts'
import type { Month } from './statement.ts'

/** The events that say what holds and who is in the household. Reminders and warnings stop nothing, and are not among them. */
export const controlTypes = [
  'controls.begun',
  'controls.tightened',
  'controls.looseningAsked',
  'controls.looseningConfirmed',
  'controls.looseningEnded',
  'controls.adopted',
  'household.begun',
  'member.named',
  'exclusion.begun',
  'exclusion.returnAsked',
  'buying.frozen',
  'buying.thawed',
] as const satisfies readonly EventType[]

export type ControlEvent = Extract<LogEvent, { type: (typeof controlTypes)[number] }>

export interface MonthControls {
  readonly atStart: Controls
  readonly atEnd: Controls
  /** Of the month, oldest first. */
  readonly changes: readonly ControlEvent[]
  /** What the looser controls were that events name by their ids, also from before the month. */
  readonly asked: ReadonlyMap<string, Change>
}

export function isControlEvent(event: LogEvent): event is ControlEvent {
  return (controlTypes as readonly EventType[]).includes(event.type)
}

/** `events` are all of the log that are about controls, in its order. */
export function controlsIn(events: Iterable<ControlEvent>, { from, before }: Pick<Month, 'from' | 'before'>): MonthControls {
  let [atStart, atEnd] = [noControls, noControls]
  const changes: ControlEvent[] = []
  const asked = new Map<string, Change>()
  for (const event of events) {
    // Time in the log never goes backwards.
    if (event.at >= before) break
    atEnd = nextControls(atEnd, event)
    if (event.type === 'controls.looseningAsked') asked.set(event.payload.changeId, event.payload.change)
    if (event.at < from) atStart = atEnd
    else changes.push(event)
  }
  return { atStart, atEnd, changes, asked }
}
