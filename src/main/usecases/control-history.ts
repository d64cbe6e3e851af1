/** What was decided about the controls, as the log has it, newest first. */
import type { Change as ChangeView } from '../../contract/controls.ts'
import type { ControlEvent } from '../../contract/ipc/controls.ts'
import type { Change, LimitWarning } from '../../domain/controls.ts'
import type { ChallengeContent, LogEvent } from '../../domain/events.ts'
import type { EventLog } from '../ports/event-log.ts'

/** How many decisions are listed. */
const mostListed = 200

/**
 * How far back they are looked for in a log that was just opened, in events. Decisions are few among many purchases, and
 * nobody waits for all of a log to be read; what is in force is known without them.
 */
const mostRead = 20_000
const pageLength = 500

type What = ControlEvent['what']

interface Read {
  readonly log: EventLog
  readonly upTo: number
  /** What the looser controls were that events name by their ids. */
  readonly changes: Map<string, Change>
  readonly newestFirst: readonly ControlEvent[]
}

/** Reads the end of a log once, and then only what was added. */
export function createControlHistory(): (log: EventLog) => ControlEvent[] {
  let read: Read | null = null
  return function controlHistory(log) {
    const head = log.head()?.seq ?? 0
    if (read?.log !== log) read = { log, upTo: firstToRead(log, head) - 1, changes: new Map(), newestFirst: [] }
    if (read.upTo < head) read = readOn(read, head)
    return [...read.newestFirst]
  }
}

function readOn({ log, upTo, changes, newestFirst }: Read, head: number): Read {
  const added: ControlEvent[] = []
  for (const event of log.events(upTo + 1)) {
    if (event.type === 'controls.looseningAsked') changes.set(event.payload.changeId, event.payload.change)
    for (const what of decisionsOf(event, changes)) added.unshift({ at: event.at, what })
  }
  return { log, upTo: head, changes, newestFirst: [...added, ...newestFirst].slice(0, mostListed) }
}

/** Where reading has to begin to come by enough of them. */
function firstToRead(log: EventLog, head: number): number {
  let [from, found] = [head + 1, 0]
  while (from > 1 && found < mostListed && head - from < mostRead) {
    const to = from
    from = Math.max(1, from - pageLength)
    for (const event of log.events(from)) {
      if (event.seq >= to) break
      if (isDecision(event)) found += 1
    }
  }
  return from
}

function isDecision({ type, payload }: LogEvent): boolean {
  return type.startsWith('controls.') || type.startsWith('exclusion.') || 'limitWarnings' in payload
}

function decisionsOf(event: LogEvent, changes: ReadonlyMap<string, Change>): What[] {
  switch (event.type) {
    case 'controls.begun':
      return [{ kind: 'begun', ...event.payload }]
    case 'controls.tightened':
      return [about('tightened', event.payload.change)]
    case 'controls.looseningAsked':
      return [about('looseningAsked', event.payload.change)]
    case 'controls.looseningConfirmed':
      return known(changes.get(event.payload.changeId), 'loosened')
    case 'controls.looseningEnded':
      return known(changes.get(event.payload.changeId), event.payload.reason)
    case 'controls.reminderSet':
      return [{ kind: 'reminderSet', after: event.payload.after }]
    case 'controls.adopted':
      return [{ kind: 'adopted' }]
    case 'exclusion.begun':
      return [{ kind: 'excluded', until: event.payload.until }]
    case 'exclusion.returnAsked':
      return [{ kind: 'returnAsked' }]
    case 'purchase.approved': {
      const { challenge, limitWarnings = [] } = event.payload
      return limitWarnings.flatMap((warning) => warned(warning, challenge))
    }
    default:
      return []
  }
}

type ChangeKind = Extract<What, { change: unknown }>['kind']

function about(kind: ChangeKind, change: Change): What {
  return { kind, change: toChange(change) }
}

/** A change, as it crosses to the pages. */
export function toChange(change: Change): ChangeView {
  return change.kind === 'quietHours' ? { ...change, hours: [...change.hours] } : change
}

/** One that was asked for before the events that were read is left out: nobody could tell what it was about. */
function known(change: Change | undefined, kind: ChangeKind): What[] {
  return change ? [about(kind, change)] : []
}

/** Of how much, the question said that was shown. */
function warned({ period, sellerId, percent }: LimitWarning, { headroom = [] }: ChallengeContent): What[] {
  const shown = headroom.find((one) => one.period === period && one.sellerId === sellerId)
  return shown ? [{ kind: 'warned', period, sellerId, amount: shown.cap, percent }] : []
}
