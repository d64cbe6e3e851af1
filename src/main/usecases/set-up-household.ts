/** A household begins: a guardian and members, each with a PIN, the guardians with a second factor. */
import type { HouseholdResult, NewMember } from '../../contract/ipc/household.ts'
import type { Appearance } from '../../contract/ipc/status.ts'
import { isZone } from '../../domain/calendar.ts'
import { isPossibleChange } from '../../domain/control-effects.ts'
import type { Controls, Household, Limit, Member } from '../../domain/controls.ts'
import { isPlainName, nameKey } from '../../domain/family.ts'
import { isCurrency } from '../../domain/money.ts'
import { hasMembers, isWayAround, mayChange } from '../../domain/roles.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Ids } from '../ports/ids.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { choose, type ChooseDeps, type Chosen, keep, recordChosen } from './choose-credentials.ts'
import { amountIn } from './control-questions.ts'
import { writableLog } from './controls-results.ts'
import { asHouseholdResult, declined, done, refused } from './household-results.ts'
import { roleSentence } from './household-words.ts'
import type { SyncControls } from './sync-controls.ts'
import type { Dialogue, TrustedQuestions } from './trusted-question.ts'

export interface SetUpHouseholdDeps extends ChooseDeps {
  readonly appearance: () => Pick<Appearance, 'language' | 'locale'>
  readonly ids: Pick<Ids, 'memberId'>
  readonly ledger: LedgerAccess
  readonly onHouseholdChanged: () => void
  /** The guardian who has just chosen a PIN need not type it once more. */
  readonly opened: (memberId: string) => void
  readonly questions: Pick<TrustedQuestions, 'begin'>
  readonly syncControls: SyncControls
  /** Tells the gateway as soon as that is possible; never rejects. */
  readonly syncNow: () => Promise<void>
}

export interface HouseholdOrder extends Household {
  /** The first is the guardian who is there. */
  readonly members: readonly NewMember[]
}

/** How many members there can be at once. */
export const mostMembers = 20

/** A member with the id that they are going to have. */
type Newcomer = NewMember & Member

export function createSetUpHousehold(deps: SetUpHouseholdDeps) {
  return (order: HouseholdOrder): Promise<HouseholdResult> => asHouseholdResult(() => setUp(order))

  async function setUp(order: HouseholdOrder): Promise<HouseholdResult> {
    const newcomers = order.members.map((member): Newcomer => ({ ...member, memberId: deps.ids.memberId() }))
    if (!isPossible(order, newcomers)) return refused('impossible')
    if (hasMembers(writableLog(deps.ledger).controls())) return refused('exists')
    // The gateway may know of a household from another device.
    await deps.syncControls()
    const refusal = whyNot(writableLog(deps.ledger).controls(), order, newcomers, deps.gateway.now())
    if (refusal) return refusal
    const dialogue = deps.questions.begin()
    if (!dialogue) return refused('busy')
    try {
      const result = await askAndBegin(dialogue, order, newcomers)
      dialogue.close()
      if (result === done) await deps.syncNow()
      return result
    } finally {
      dialogue.close()
    }
  }

  function asSentence({ role, weeklyCap }: Newcomer, currency: string): string {
    const { language, locale } = deps.appearance()
    return roleSentence(language, role, weeklyCap === null || weeklyCap === '0' ? null : amountIn(locale, weeklyCap, currency))
  }

  async function askAndBegin(dialogue: Dialogue, order: HouseholdOrder, newcomers: readonly Newcomer[]): Promise<HouseholdResult> {
    const [guardian] = newcomers
    const all: [Newcomer, Chosen][] = []
    for (const newcomer of newcomers) {
      const { name, role } = newcomer
      const about = { name, isOwn: newcomer === guardian, role: asSentence(newcomer, order.currency) }
      const chosen = await choose(deps, dialogue, { ...about, pin: true, secondFactor: role === 'guardian' })
      if (!chosen) return declined
      all.push([newcomer, chosen])
    }
    const log = writableLog(deps.ledger)
    const refusal = whyNot(log.controls(), order, newcomers, deps.gateway.now())
    if (refusal || !guardian) return refusal ?? refused('impossible')
    for (const [{ memberId }, chosen] of all) await keep(deps, memberId, chosen)
    if (!(await begin(log, order, newcomers))) return refused('exists')
    for (const [{ memberId }, chosen] of all) await recordChosen(log, guardian.memberId, memberId, chosen)
    deps.opened(guardian.memberId)
    deps.onHouseholdChanged()
    return done
  }
}

/** Whether such a household can be at all. */
function isPossible({ zone, currency }: Household, newcomers: readonly Newcomer[]): boolean {
  const [guardian] = newcomers
  if (guardian?.role !== 'guardian' || newcomers.length > mostMembers || !isZone(zone) || !isCurrency(currency)) return false
  const arePlain = newcomers.every(({ name }) => isPlainName(name))
  const areNamesApart = arePlain && new Set(newcomers.map(({ name }) => nameKey(name))).size === newcomers.length
  const people = { members: newcomers }
  // A grown-up's limits are their own to set.
  const isAllowed = (limit: Limit) => {
    const change = { kind: 'limit', ...limit } as const
    return isPossibleChange(change) && mayChange(people, guardian.memberId, change, false)
  }
  return areNamesApart && limitsOf(newcomers).every(isAllowed)
}

/** Why not now; null where nothing speaks against it. */
function whyNot(controls: Controls, order: Household, newcomers: readonly Newcomer[], gatewayMs: number | null): HouseholdResult | null {
  if (hasMembers(controls)) return refused('exists')
  if (newcomers.some(({ memberId, role }) => isWayAround(controls, { kind: 'member', memberId, role }, gatewayMs))) return refused('excluded')
  // The caps were meant in the currency that they were typed in.
  const isOther = controls.household !== null && controls.household.currency !== order.currency
  return isOther && limitsOf(newcomers).length > 0 ? refused('impossible') : null
}

function limitsOf(newcomers: readonly Newcomer[]): Limit[] {
  return newcomers.flatMap(({ memberId, weeklyCap }) => (weeklyCap === null ? [] : [{ period: 'week', sellerId: null, memberId, amount: weeklyCap }]))
}

/** False where another household came first. Whoever set limits before keeps their currency and calendar. */
async function begin(log: EventLog, { zone, currency }: Household, newcomers: readonly Newcomer[]): Promise<boolean> {
  const actor = newcomers[0]?.memberId ?? 'person'
  const household = () => log.controls().household
  await log.append(() => (household() ? null : { type: 'controls.begun', actor, payload: { zone, currency } }))
  const limits = limitsOf(newcomers)
  const members = newcomers.map(({ memberId, role, name }) => ({ memberId, role, name }))
  const event = await log.append(() => {
    const isOther = limits.length > 0 && household()?.currency !== currency
    return hasMembers(log.controls()) || isOther ? null : { type: 'household.begun', actor, payload: { members, limits } }
  })
  return event !== null
}
