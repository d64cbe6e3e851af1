/**
 * What a keeper of the controls of many devices, as the gateway is, does with what they ask of it. Its own clock decides,
 * and nothing that a device says makes a control looser but a second yes in its time.
 */
import { isZone } from './calendar.ts'
import { canonicalJson } from './canonical.ts'
import { effectOf, isPossibleChange } from './control-effects.ts'
import { exclusionOf, isSameKey, sharedOf, startingLimit } from './control-parts.ts'
import { type Change, type Controls, type Limit, type Member, nextControls, pendingState, type SharedControls } from './controls.ts'
import type { NewEvent } from './events.ts'
import { type Exclusion, exclusionEnd, exclusionState, returnCoolingOffMs } from './exclusion.ts'
import { isCurrency } from './money.ts'
import { hasMembers, isMinor, isWayAround } from './roles.ts'

export type ControlRequest =
  /** At least as strict as these. */
  | { readonly kind: 'tighten'; readonly controls: SharedControls }
  | { readonly kind: 'askLoosening'; readonly changeId: string; readonly change: Change }
  | { readonly kind: 'confirmLoosening' | 'withdrawLoosening'; readonly changeId: string }
  | { readonly kind: 'askReturn'; readonly memberId?: string | undefined }

type StepType =
  | 'controls.adopted'
  | 'controls.looseningAsked'
  | 'controls.looseningConfirmed'
  | 'controls.looseningEnded'
  | 'exclusion.returnAsked'

/** A step that the kept controls took: folded by `nextControls` as a log's events are. */
export type ControlStep = { [T in StepType]: Pick<Extract<NewEvent, { type: T }>, 'type' | 'payload'> }[StepType]

export type ControlRefusal = 'impossible' | 'tooEarly' | 'unknown' | 'notLooser' | 'otherChange' | 'excluded'

export type ControlAnswer =
  | { readonly kind: 'kept'; readonly steps: readonly ControlStep[]; readonly controls: Controls }
  | { readonly kind: 'refused'; readonly refusal: ControlRefusal }

/** So that a signed statement of them stays within what the contract lets a signature be. */
const mostCharacters = 10_000

/** Of members, and of members who are excluded, as the contract takes them. */
const mostMembers = 50

/** The looser control that a step is about, or null. */
export function changeIdOf({ payload }: ControlStep): string | null {
  return 'changeId' in payload ? payload.changeId : null
}

/**
 * What becomes of a request at the keeper's time. `earlier` are all steps that were about its loosening; a request that was
 * carried out before takes no step.
 */
export function answerRequest(before: Controls, request: ControlRequest, earlier: readonly ControlStep[], nowMs: number): ControlAnswer {
  const lapsed = before.pending.filter((pending) => pendingState(pending, nowMs) === 'lapsed').map(lapse)
  const kept = lapsed.reduce(nextControls, before)
  const step = stepFor(kept, request, earlier, nowMs)
  if (typeof step === 'string') return { kind: 'refused', refusal: step }
  const controls = step ? nextControls(kept, step) : kept
  // Whoever sends the same once more leaves no trace.
  const isNews = canonicalJson(controls) !== canonicalJson(kept)
  if (isNews && isTooMuch(controls, kept)) return { kind: 'refused', refusal: 'impossible' }
  return { kind: 'kept', controls, steps: isNews && step ? [...lapsed, step] : lapsed }
}

function isTooMuch(controls: Controls, kept: Controls): boolean {
  const { members = [], exclusions = [] } = controls
  return members.length > mostMembers || exclusions.length > mostMembers || textLength(controls) > Math.max(mostCharacters, textLength(kept))
}

/** With room for an exclusion of each member, and for each to be removed: neither is ever too much. */
function textLength({ limits, quietHours, pending, monitoring = [], members = [], exclusions = [] }: Controls): number {
  const [at, role] = [new Date(0).toISOString(), 'guardian']
  const others = exclusions.filter((one) => !members.some(({ memberId }) => memberId === one.memberId))
  const room = members.map(({ memberId }) => ({ role, memberId, begunAt: at, until: at, returnAskedAt: at }))
  return canonicalJson({ limits, quietHours, pending, monitoring, others, room }).length
}

function lapse({ changeId }: { readonly changeId: string }): ControlStep {
  return { type: 'controls.looseningEnded', payload: { changeId, reason: 'lapsed' } }
}

function stepFor(kept: Controls, request: ControlRequest, earlier: readonly ControlStep[], nowMs: number): ControlStep | ControlRefusal | null {
  switch (request.kind) {
    case 'tighten':
      return tightening(kept, request.controls, nowMs)
    case 'askLoosening':
      return asking(kept, request, earlier, nowMs)
    case 'confirmLoosening':
      return confirming(kept, request.changeId, earlier, nowMs)
    case 'withdrawLoosening':
      return withdrawing(kept, request.changeId, earlier)
    case 'askReturn':
      return returning(kept, request.memberId, nowMs)
  }
}

const at = (nowMs: number) => new Date(nowMs).toISOString()

function tightening(kept: Controls, posted: SharedControls, nowMs: number): ControlStep | ControlRefusal {
  if (!isPossible(posted, nowMs)) return 'impossible'
  const exclusions = posted.exclusions?.flatMap(({ memberId, ...one }) => {
    const held = heldTo(exclusionOf(kept, memberId), one, nowMs)
    return held ? [{ memberId, ...held }] : []
  })
  const controls = { ...posted, exclusion: heldTo(kept.exclusion, posted.exclusion, nowMs), ...(exclusions && { exclusions }) }
  // Nobody signed it: it came with the proof of a device.
  return { type: 'controls.adopted', payload: { controls: withoutWayAround(kept, controls, nowMs), statement: '' } }
}

/**
 * P4, P5: once there are members, whoever a device says has come in begins with nothing to spend, and comes in only where nobody
 * could get around their exclusion by that. More than that is asked for as a looser control.
 */
function withoutWayAround(kept: Controls, posted: SharedControls, nowMs: number): SharedControls {
  if (!hasMembers(kept) || !posted.members) return posted
  const isNew = ({ memberId }: Member) => !kept.members?.some((member) => member.memberId === memberId)
  const isHeldOut = ({ memberId, role }: Member) => isNew({ memberId, role }) && isMinor(role) && isWayAround(kept, { kind: 'member', memberId, role }, nowMs)
  const members = posted.members.filter((member) => !isHeldOut(member))
  const beginners = members.filter((member) => isNew(member) && isMinor(member.role)).map(({ memberId }) => startingLimit(memberId))
  const others = posted.limits.filter((limit) => !beginners.some((start) => isSameKey(start, limit)))
  return { ...posted, members, limits: [...others, ...beginners] }
}

function isPossible({ household, limits, quietHours, exclusion, exclusions = [], members, monitoring = [] }: SharedControls, nowMs: number): boolean {
  if (household && !(isZone(household.zone) && isCurrency(household.currency))) return false
  if (members && !(household && members.some(({ role }) => role === 'guardian'))) return false
  const isOnlyOne = (limit: Limit) => limits.filter((other) => isSameKey(other, limit)).length === 1
  const areLimits = limits.every((limit) => isPossibleChange({ kind: 'limit', ...limit }) && isOnlyOne(limit))
  const areHours = quietHours.every((hours) => isPossibleChange({ kind: 'quietHours', hours: [hours] }))
  const isOfOne = (all: readonly Whose[] = []) => ({ memberId }: Whose) => all.filter((one) => one.memberId === memberId).length === 1
  const areWatches = monitoring.every((watch) => isPossibleChange({ kind: 'monitoring', ...watch }) && isOfOne(monitoring)(watch))
  const areOfMembers = [...limits, ...quietHours, ...monitoring].every((one) => one.memberId === undefined || isOfOne(members)(one))
  const arePeople = [...(members ?? []), ...exclusions].every(isOfOne(members)) && exclusions.every(isOfOne(exclusions))
  const areExclusions = [exclusion, ...exclusions].every((one) => one === null || isPossibleExclusion(one, nowMs))
  return areLimits && areHours && areWatches && areOfMembers && arePeople && areExclusions
}

interface Whose {
  readonly memberId?: string
}

/** None lasts longer than one that begins now. A day more, for a device that carries the time on by its own clock. */
function isPossibleExclusion({ begunAt, until }: Exclusion, nowMs: number): boolean {
  const untilMs = Date.parse(until)
  return untilMs > Date.parse(begunAt) && untilMs <= exclusionEnd('5years', nowMs + 24 * 60 * 60_000)
}

/**
 * The exclusion to hold a device to that says that it has the other one. The yes of a return is given to the keeper, by its
 * clock: one that is only claimed ends nothing.
 */
function heldTo(own: Exclusion | null, posted: Exclusion | null, nowMs: number): Exclusion | null {
  if (!posted || (own && posted.until <= own.until) || isOver(posted, nowMs)) return own
  return { ...posted, returnAskedAt: null }
}

/**
 * That it had ended before the device says that it was returned from, and a day ago: then it asks for nothing. Where the
 * keeper knew of another one, that stays as it is.
 */
function isOver({ until, returnAskedAt }: Exclusion, nowMs: number): boolean {
  return returnAskedAt !== null && returnAskedAt >= until && nowMs >= Date.parse(returnAskedAt) + returnCoolingOffMs
}

type Asking = Extract<ControlRequest, { kind: 'askLoosening' }>

function asking(kept: Controls, { changeId, change }: Asking, earlier: readonly ControlStep[], nowMs: number): ControlStep | ControlRefusal | null {
  const asked = earlier.find((step) => step.type === 'controls.looseningAsked')
  if (asked) return canonicalJson(asked.payload.change) === canonicalJson(change) ? null : 'otherChange'
  if (!isPossibleChange(change)) return 'impossible'
  if (effectOf(kept, change) !== 'looser') return 'notLooser'
  // As usual is where everybody begins, also whoever has decided nothing yet.
  if (!kept.household) return 'impossible'
  // A household begins as a tightening.
  if (change.kind === 'member' && !hasMembers(kept)) return 'impossible'
  if (isWayAround(kept, change, nowMs)) return 'excluded'
  return { type: 'controls.looseningAsked', payload: { changeId, change, askedAt: at(nowMs) } }
}

function confirming(kept: Controls, changeId: string, earlier: readonly ControlStep[], nowMs: number): ControlStep | ControlRefusal | null {
  if (earlier.some(({ type }) => type === 'controls.looseningConfirmed')) return null
  const pending = kept.pending.find((one) => one.changeId === changeId)
  if (!pending) return 'unknown'
  if (pendingState(pending, nowMs) !== 'ready') return 'tooEarly'
  if (isWayAround(kept, pending.change, nowMs)) return 'excluded'
  return { type: 'controls.looseningConfirmed', payload: { changeId, confirmedAt: at(nowMs) } }
}

function withdrawing(kept: Controls, changeId: string, earlier: readonly ControlStep[]): ControlStep | ControlRefusal | null {
  if (kept.pending.some((one) => one.changeId === changeId)) return { type: 'controls.looseningEnded', payload: { changeId, reason: 'withdrawn' } }
  const isInForce = earlier.some(({ type }) => type === 'controls.looseningConfirmed')
  return earlier.length === 0 || isInForce ? 'unknown' : null
}

function returning(kept: Controls, memberId: string | undefined, nowMs: number): ControlStep | ControlRefusal | null {
  const exclusion = exclusionOf(kept, memberId ?? null)
  if (!exclusion) return 'unknown'
  switch (exclusionState(exclusion, nowMs).kind) {
    case 'running':
      return 'tooEarly'
    case 'ended':
      return { type: 'exclusion.returnAsked', payload: { ...(memberId !== undefined && { memberId }), askedAt: at(nowMs) } }
    case 'coolingOff':
    case 'none':
      return null
  }
}

/** What a statement of the kept controls says: without what has lapsed meanwhile. */
export function statedControls(controls: Controls, nowMs: number) {
  return { controls: sharedOf(controls), pending: controls.pending.filter((one) => pendingState(one, nowMs) !== 'lapsed') }
}
