/** Somebody comes into the household: a minor at once, with nothing to spend; a grown-up after a day and a second yes. */
import type { HouseholdRefusal, HouseholdResult } from '../../contract/ipc/household.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { type Change, type Controls, pendingTimes } from '../../domain/controls.ts'
import { isMinor, isWayAround, type Role } from '../../domain/roles.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Credentials } from '../ports/credentials.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { Ids } from '../ports/ids.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type ConsentDeps, hasConsent } from './ask-member.ts'
import { type Agreed, aboutLoosening, askStepUp, type AskStepUpDeps, type Loosening } from './ask-step-up.ts'
import { askGatewayToLoosen, recordLoosening } from './change-control.ts'
import { choose, type ChooseDeps, keep, recordChosen } from './choose-credentials.ts'
import { writableLog } from './controls-results.ts'
import { asHouseholdResult, declined, done, refused, whoAsks } from './household-results.ts'
import { householdQuestions } from './household-words.ts'
import { isNameFree } from './person-names.ts'
import { mostMembers } from './set-up-household.ts'
import type { SyncControls } from './sync-controls.ts'
import type { Dialogue, TrustedQuestions } from './trusted-question.ts'

export interface AddMemberDeps extends ConsentDeps, ChooseDeps, AskStepUpDeps {
  readonly credentials: Credentials
  readonly gateway: Pick<Gateway, 'askLoosening' | 'now' | 'stepUp'>
  readonly ids: Pick<Ids, 'changeId' | 'memberId'>
  readonly language: () => Language
  readonly ledger: LedgerAccess
  readonly onHouseholdChanged: () => void
  readonly questions: Pick<TrustedQuestions, 'begin'>
  readonly syncControls: SyncControls
  readonly syncNow: () => Promise<void>
}

interface Newcomer {
  readonly memberId: string
  readonly name: string
  readonly role: Role
}

export function createAddMember(deps: AddMemberDeps) {
  return (order: { readonly name: string; readonly role: Role }): Promise<HouseholdResult> =>
    asHouseholdResult(() => add({ ...order, memberId: deps.ids.memberId() }))

  async function add(newcomer: Newcomer): Promise<HouseholdResult> {
    const log = writableLog(deps.ledger)
    const who = whoAsks(log, deps.actor)
    if (typeof who === 'string') return refused(who)
    if (who.role !== 'guardian') return refused('notAllowed')
    const refusal = whyNot(log, newcomer, deps.gateway.now())
    if (refusal) return refused(refusal)
    if (!(await deps.credentials.has(who.memberId)).secondFactor) return refused('noCredentials')
    const dialogue = deps.questions.begin()
    if (!dialogue) return refused('busy')
    try {
      return await ask(dialogue, who.memberId, newcomer)
    } finally {
      dialogue.close()
    }
  }

  async function ask(dialogue: Dialogue, guardianId: string, newcomer: Newcomer): Promise<HouseholdResult> {
    const { name, role } = newcomer
    const question = householdQuestions(deps.language()).add(name, role, !isMinor(role))
    if (!(await hasConsent(deps, writableLog(deps.ledger), dialogue, question, guardianId))) return declined
    if (isMinor(role)) return addMinor(dialogue, guardianId, newcomer)
    const loosening: Loosening = { changeId: deps.ids.changeId(), change: { kind: 'member', memberId: newcomer.memberId, role } }
    const account = await deps.gateway.stepUp.account()
    const agreed = account ? await askStepUp(deps, dialogue, account, question, aboutLoosening(loosening, guardianId, deps.sha256)) : {}
    if (!agreed || deps.actor() !== guardianId) return declined
    return askForGrownUp(dialogue, guardianId, newcomer, { ...loosening, ...agreed })
  }

  async function addMinor(dialogue: Dialogue, actor: string, newcomer: Newcomer): Promise<HouseholdResult> {
    const { memberId, name, role } = newcomer
    const chosen = await choose(deps, dialogue, { name, isOwn: false, pin: true, secondFactor: false })
    if (!chosen) return declined
    const log = writableLog(deps.ledger)
    const refusal = whyNot(log, newcomer, deps.gateway.now())
    if (refusal) return refused(refusal)
    await keep(deps, memberId, chosen)
    // The name first, so that nobody is ever there without one.
    await log.append(() => ({ type: 'member.named', actor, payload: { memberId, name } }))
    const change: Change = { kind: 'member', memberId, role }
    const event = await log.append(() => (whyNot(log, newcomer, deps.gateway.now()) ? null : { type: 'controls.tightened', actor, payload: { change } }))
    if (!event) return refused('impossible')
    await recordChosen(log, actor, memberId, chosen)
    return tell(dialogue, done)
  }

  /** P5: dated by the gateway. The PIN is chosen with the second yes. */
  async function askForGrownUp(dialogue: Dialogue, actor: string, { memberId, name }: Newcomer, asked: Loosening & Agreed): Promise<HouseholdResult> {
    // It does not answer for a household that it does not know yet.
    await deps.syncControls()
    const askedAt = await askGatewayToLoosen(deps.gateway, asked)
    const log = writableLog(deps.ledger)
    await log.append(() => ({ type: 'member.named', actor, payload: { memberId, name } }))
    const isRecorded = await recordLoosening(log, actor, { ...asked, askedAt })
    return isRecorded ? tell(dialogue, { kind: 'asked', ...pendingTimes(askedAt) }) : refused('impossible')
  }

  async function tell(dialogue: Dialogue, result: HouseholdResult): Promise<HouseholdResult> {
    dialogue.close()
    deps.onHouseholdChanged()
    await deps.syncNow()
    return result
  }
}

function whyNot(log: EventLog, newcomer: Newcomer, gatewayMs: number | null): HouseholdRefusal | null {
  const { memberId, name, role } = newcomer
  const controls = log.controls()
  if (isWayAround(controls, { kind: 'member', memberId, role }, gatewayMs)) return 'excluded'
  return hasRoomFor(controls) && isNameFree(log, memberId, name) ? null : 'impossible'
}

/** Those who were removed stay known, here and at the gateway, which knows no more of them than this. */
const mostKnown = 50

function hasRoomFor({ members = [], pending }: Controls): boolean {
  const coming = pending.filter(({ change }) => change.kind === 'member' && !members.some(({ memberId }) => memberId === change.memberId))
  const present = members.filter(({ role }) => role !== 'removed')
  return present.length + coming.length < mostMembers && members.length + coming.length < mostKnown
}
