/** A person decides about spending, their own or that of whom they may decide for: a tighter control acts at once, a looser one is asked for and waits. */
import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { isZone } from '../../domain/calendar.ts'
import { canonicalJson } from '../../domain/canonical.ts'
import { effectOf, isPossibleChange } from '../../domain/control-effects.ts'
import { type Change, type Household, pendingTimes } from '../../domain/controls.ts'
import type { EventPayloads } from '../../domain/events.ts'
import { isCurrency } from '../../domain/money.ts'
import { memberOf } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { EventLog } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import type { Ids } from '../ports/ids.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { Agreed, AskLooser, Loosening } from './ask-step-up.ts'
import { loosenQuestion, type QuestionStyle, tightenQuestion } from './control-questions.ts'
import { asResult, declined, done, refused, writableLog } from './controls-results.ts'
import { wantsCodeFor, whyNotChange } from './may-decide.ts'
import { isNameFree, nameFor } from './person-names.ts'
import type { ReflectionPause } from './reflection-pause.ts'
import type { SyncControls } from './sync-controls.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface ChangeControlDeps {
  readonly actor: Actor
  /** For a looser control. */
  readonly askLooser: AskLooser
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'askLoosening' | 'controls' | 'now'>
  readonly ids: Pick<Ids, 'changeId'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly pause: ReflectionPause
  readonly questionStyle: () => QuestionStyle
  readonly syncControls: SyncControls
  /** Tells the gateway as soon as that is possible; never rejects. */
  readonly syncLater: () => void
}

interface Order {
  readonly change: Change
  readonly household?: Household
}

/** `household` goes with the first control; later ones are in the household that there is. */
export function createChangeControl(deps: ChangeControlDeps) {
  /** Of the change whose waiting began at the gateway, and could not be written down here. */
  let unwritten: { readonly change: string; readonly changeId: string } | null = null

  return (order: Order): Promise<ControlsResult> => asResult(() => changeControl(order))

  async function changeControl({ change, household: offered }: Order): Promise<ControlsResult> {
    const controls = writableLog(deps.ledger).controls()
    const household = controls.household ?? offered
    if (!household || !isZone(household.zone) || !isCurrency(household.currency) || !isPossibleChange(change)) return refused('impossible')
    const decider = whoDecides(controls, deps.actor)
    if (!decider) return refused('locked')
    const effect = effectOf({ ...controls, household }, change)
    if (effect === 'none') return refused('noChange')
    const whyNot = whyNotChange(controls, decider.memberId, change, deps.gateway.now())
    if (whyNot) return refused(whyNot)
    if (!isCalledApart(change)) return refused('impossible')
    if (effect === 'tighter') return tighten(deps, change, household, decider)
    return controls.household ? loosen(change, household, decider) : refused('impossible')
  }

  /** Whoever comes back finds nobody called the same: questions name people by their names alone. */
  function isCalledApart(change: Change): boolean {
    if (change.kind !== 'member' || change.role === 'removed') return true
    const log = writableLog(deps.ledger)
    const name = nameFor(log, change.memberId)
    return memberOf(log.controls(), change.memberId) !== null || (name !== null && isNameFree(log, change.memberId, name))
  }

  async function loosen(change: Change, household: Household, decider: Decider): Promise<ControlsResult> {
    if (deps.pause.leftMs(change, decider.memberId) > 0) return refused('tooSoon')
    deps.pause.end()
    const before = writableLog(deps.ledger).controls()
    const wantsCode = wantsCodeFor(before, decider.memberId, change)
    const changeId = unwritten?.change === canonicalJson(change) ? unwritten.changeId : deps.ids.changeId()
    const question = loosenQuestion(deps.questionStyle(), { before, change, household, wantsCode })
    const agreed = await deps.askLooser(question, decider.memberId, { changeId, change })
    if (!agreed) return declined
    // The gateway judges by what it keeps, so that has to be the same as here.
    await deps.syncControls()
    const { claims } = await deps.gateway.controls()
    if (!isSameCurrency(claims.controls.household, household)) return refused('impossible')
    const askedAt = await askGatewayToLoosen(deps.gateway, { changeId, change, ...agreed })
    unwritten = { change: canonicalJson(change), changeId }
    const isRecorded = await recordLoosening(writableLog(deps.ledger), decider.actor, { changeId, change, askedAt, ...agreed })
    unwritten = null
    deps.onControlsChanged()
    if (!isRecorded) return refused('noChange')
    return { kind: 'asked', ...pendingTimes(askedAt) }
  }
}

async function tighten(deps: ChangeControlDeps, change: Change, household: Household, { memberId, actor }: Decider): Promise<ControlsResult> {
  const before = writableLog(deps.ledger).controls()
  const wantsCode = wantsCodeFor(before, memberId, change)
  if (!(await deps.askPerson(tightenQuestion(deps.questionStyle(), { before, change, household, wantsCode }), memberId))) return declined
  const log = writableLog(deps.ledger)
  await log.append(() => (log.controls().household ? null : { type: 'controls.begun', actor, payload: household }))
  const isShown = () => isSameCurrency(log.controls().household, household)
  const whyNot = () => whyNotChange(log.controls(), memberId, change, deps.gateway.now())
  const isTighter = () => isShown() && effectOf(log.controls(), change) === 'tighter'
  const event = await log.append(() => (isTighter() && !whyNot() ? { type: 'controls.tightened', actor, payload: { change } } : null))
  deps.onControlsChanged()
  deps.syncLater()
  if (event) return done
  return refused(isShown() ? (whyNot() ?? 'noChange') : 'impossible')
}

/** Gives since when it waits, by the gateway's clock. */
export async function askGatewayToLoosen(gateway: Pick<Gateway, 'askLoosening'>, asked: Loosening & Agreed): Promise<string> {
  const { claims } = await gateway.askLoosening(asked)
  const pending = claims.pending.find(({ changeId }) => changeId === asked.changeId)
  if (!pending) throw new GatewayError({ kind: 'signatureNotTrusted', sent: true })
  return pending.askedAt
}

/** The amounts that the person said yes to are in this currency: another household may have come in meanwhile. */
function isSameCurrency(found: Household | null, shown: Household): boolean {
  return found === null || found.currency === shown.currency
}

/** False where it would no longer be looser. */
export async function recordLoosening(log: EventLog, actor: string, payload: EventPayloads['controls.looseningAsked']): Promise<boolean> {
  const isLooser = () => effectOf(log.controls(), payload.change) === 'looser'
  return (await log.append(() => (isLooser() ? { type: 'controls.looseningAsked', actor, payload } : null))) !== null
}
