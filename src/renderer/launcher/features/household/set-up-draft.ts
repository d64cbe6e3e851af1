import type { Role } from '../../../../contract/controls.ts'
import type { NewMember } from '../../../../contract/ipc/household.ts'
import { parseAmount } from '../../../i18n/parse-amount.ts'
import { cleanName, nameProblem, type NameProblem } from './names.ts'

/** Somebody besides the guardian, as far as it is typed. */
export interface DraftMember {
  /** Keeps the row's place on the page while it is edited. */
  readonly key: number
  readonly name: string
  readonly role: Exclude<Role, 'guardian'>
  /** Of a minor: whether they ask for each purchase, or have an amount a week of their own. */
  readonly allowance: 'ask' | 'amount'
  readonly amount: string
}

export interface SetUpDraft {
  readonly guardian: string
  readonly others: readonly DraftMember[]
}

export const mostMembers = 20

export function newDraftMember(others: readonly DraftMember[]): DraftMember {
  return { key: 1 + Math.max(0, ...others.map(({ key }) => key)), name: '', role: 'child', allowance: 'ask', amount: '' }
}

export const isMinor = (role: Role): boolean => role === 'teen' || role === 'child'

/** What is wrong with each name, in the order of the page: the guardian's first. Of two alike the later one is told. */
export function nameProblems({ guardian, others }: SetUpDraft): readonly (NameProblem | null)[] {
  const names = [guardian, ...others.map(({ name }) => name)]
  return names.map((name, index) => nameProblem(name, names.slice(0, index)))
}

function capOf({ role, allowance, amount }: DraftMember, currency: string, locale: string): string | null | undefined {
  if (!isMinor(role)) return null
  if (allowance === 'ask') return '0'
  const parsed = parseAmount(amount, currency, locale)
  return parsed.kind === 'ok' ? parsed.amount : undefined
}

/** The household as main wants it, the guardian first; null while something of it is missing. */
export function membersOf(draft: SetUpDraft, currency: string, locale: string): NewMember[] | null {
  if (nameProblems(draft).some((problem) => problem !== null)) return null
  const members: NewMember[] = [{ name: cleanName(draft.guardian), role: 'guardian', weeklyCap: null }]
  for (const other of draft.others) {
    const weeklyCap = capOf(other, currency, locale)
    if (weeklyCap === undefined) return null
    members.push({ name: cleanName(other.name), role: other.role, weeklyCap })
  }
  return members
}
