/** What was decided about the controls, as the log has it, newest first. */
import type { Change as ChangeView } from '../../contract/controls.ts'
import type { ControlEvent } from '../../contract/ipc/controls.ts'
import type { Change, LimitWarning } from '../../domain/controls.ts'
import { isSameKey } from '../../domain/control-parts.ts'
import type { ChallengeContent, LogEvent } from '../../domain/events.ts'
import type { EventLog } from '../ports/event-log.ts'
import { createLogDigest } from './log-digest.ts'
import { nameFor } from './person-names.ts'

/** How many decisions are listed. */
const mostListed = 200

type What = ControlEvent['what']

/** A decision by the ids of who made it and whom it is about; null for nobody, or the household. */
export interface Decision {
  readonly at: string
  readonly by: string
  readonly about: string | null
  readonly what: What
}

export type Decided = Pick<Decision, 'about' | 'what'>

export type ControlHistory = (log: EventLog) => readonly Decision[]

/** Reads the end of a log once, and then only what was added. */
export function createControlHistory(): ControlHistory {
  return createLogDigest<Decision>({
    most: mostListed,
    concerns: isDecision,
    begin() {
      /** What the looser controls were that events name by their ids. */
      const changes = new Map<string, Change>()
      return (picked, event) => {
        if (event.type === 'controls.looseningAsked') changes.set(event.payload.changeId, event.payload.change)
        const added = decisionsOf(event, changes).map((decided) => ({ at: event.at, by: event.actor, ...decided }))
        return added.length === 0 ? picked : [...added.reverse(), ...picked]
      }
    },
  })
}

/** A decision with the names that people go by now. */
export function toControlEvent(log: EventLog, { at, by, about, what }: Decision): ControlEvent {
  return { at, by: nameFor(log, by), about: nameFor(log, about), what }
}

function isDecision({ type, payload }: LogEvent): boolean {
  const topic = type.slice(0, type.indexOf('.'))
  return ['buying', 'controls', 'exclusion', 'household', 'member'].includes(topic) || type === 'access.set' || 'limitWarnings' in payload
}

/** What an event decided; `changes` are the looser controls that events name by their ids. */
export function decisionsOf(event: LogEvent, changes: ReadonlyMap<string, Change>): Decided[] {
  switch (event.type) {
    case 'controls.begun':
      return [{ about: null, what: { kind: 'begun', ...event.payload } }]
    case 'controls.tightened':
      return [changed('tightened', event.payload.change)]
    case 'controls.looseningAsked':
      return [changed('looseningAsked', event.payload.change)]
    case 'controls.looseningConfirmed':
      return known(changes.get(event.payload.changeId), 'loosened')
    case 'controls.looseningEnded':
      return known(changes.get(event.payload.changeId), event.payload.reason)
    case 'controls.reminderSet':
      return [{ about: null, what: { kind: 'reminderSet', after: event.payload.after } }]
    case 'controls.adopted':
      return [{ about: null, what: { kind: 'adopted' } }]
    case 'exclusion.begun':
      return [{ about: event.payload.memberId ?? null, what: { kind: 'excluded', until: event.payload.until } }]
    case 'exclusion.returnAsked':
      return [{ about: event.payload.memberId ?? null, what: { kind: 'returnAsked' } }]
    case 'buying.frozen':
    case 'buying.thawed':
      return [{ about: event.payload.memberId ?? null, what: { kind: event.type === 'buying.frozen' ? 'frozen' : 'thawed' } }]
    case 'purchase.approved': {
      const { challenge, limitWarnings = [] } = event.payload
      return limitWarnings.flatMap((warning) => warned(warning, challenge))
    }
    default:
      return decisionsAboutPeople(event)
  }
}

function decisionsAboutPeople(event: LogEvent): Decided[] {
  switch (event.type) {
    case 'household.begun':
      return [{ about: null, what: { kind: 'householdBegun', members: event.payload.members.map(({ name }) => name) } }]
    case 'member.named':
      return [{ about: event.payload.memberId, what: { kind: 'renamed', name: event.payload.name } }]
    case 'access.set':
      return [{ about: event.payload.memberId, what: { kind: event.payload.what === 'pin' ? 'pinSet' : 'secondFactorSet' } }]
    default:
      return []
  }
}

type ChangeKind = Extract<What, { change: unknown }>['kind']

function changed(kind: ChangeKind, change: Change): Decided {
  return { about: concernedBy(change), what: { kind, change: toChange(change) } }
}

/** Whom a change is about; null for the household. */
export function concernedBy(change: Change): string | null {
  return 'memberId' in change ? (change.memberId ?? null) : null
}

/** A change, as it crosses to the pages. */
export function toChange(change: Change): ChangeView {
  return change.kind === 'quietHours' ? { ...change, hours: [...change.hours] } : change
}

/** One that was asked for before the events that were read is left out: nobody could tell what it was about. */
function known(change: Change | undefined, kind: ChangeKind): Decided[] {
  return change ? [changed(kind, change)] : []
}

/** Of how much, the question said that was shown. */
function warned({ startsAt: _, percent, ...key }: LimitWarning, { headroom = [] }: ChallengeContent): Decided[] {
  const shown = headroom.find((one) => isSameKey(one, key))
  return shown ? [{ about: key.memberId ?? null, what: { kind: 'warned', ...key, amount: shown.cap, percent } }] : []
}
