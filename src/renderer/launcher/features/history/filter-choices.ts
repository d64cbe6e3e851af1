import { useLingui } from '@lingui/react/macro'
import type { HistoryMenus } from '../../../../contract/ipc/history.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import type { Choice } from '../../../ui/choice.ts'
import type { Facets } from './history-store.ts'
import { kindWords, sourceWords, stateWords } from './state-words.ts'

export type ListMenu = 'members' | 'sellers' | 'lines' | 'states' | 'kinds' | 'currencies' | 'sources'

/** A menu's choices stand for values of a question; two states can be one choice. */
export interface MenuChoices {
  readonly menu: ListMenu
  readonly label: string
  readonly choices: readonly (Choice<string> & { readonly stands: readonly (string | null)[] })[]
}

type Kind = NonNullable<HistoryMenus['kinds']>[number]

export function useKindName(): (kind: Kind) => string {
  const { t } = useLingui()
  return (kind) => ({ item: t`Items`, pass: t`Passes`, bundle: t`Bundles` })[kind]
}

const lineKinds = ['charge', 'refund', 'chargeback', 'chargebackReversal', 'pending', 'notCharged'] as const
const states = ['succeeded', 'partlyRefunded', 'refunded', 'chargedBack', 'declined', 'voided'] as const

/** What can be chosen in each menu. Where there is but one of something, there is nothing to choose. */
export function useMenuChoices(facets: Facets | null, isOfMany: boolean): readonly MenuChoices[] {
  const { t } = useLingui()
  const format = useFormat()
  const kindName = useKindName()
  const one = (value: string, label: string) => ({ value, label, stands: [value] })
  const beingChecked = { value: 'open', label: t(stateWords.unknown), stands: ['approved', 'unknown'] }
  const members = (facets?.members ?? []).map(({ memberId, name }) => ({
    value: memberId ?? ' nobody',
    label: name ?? (memberId === null ? t`Nobody’s profile` : t`Somebody`),
    stands: [memberId],
  }))
  return [
    { menu: 'members' as const, label: t`Member`, choices: isOfMany ? members : [] },
    { menu: 'sellers' as const, label: t`Seller`, choices: (facets?.sellers ?? []).map(({ sellerId, payee }) => one(sellerId, payee)) },
    { menu: 'kinds' as const, label: t`Kind`, choices: (['item', 'pass', 'bundle'] as const).map((kind) => one(kind, kindName(kind))) },
    { menu: 'lines' as const, label: t`Lines`, choices: lineKinds.map((kind) => one(kind, t(kindWords[kind]))) },
    { menu: 'states' as const, label: t`State`, choices: [beingChecked, ...states.map((state) => one(state, t(stateWords[state])))] },
    { menu: 'currencies' as const, label: t`Currency`, choices: (facets?.currencies ?? []).map((code) => one(code, format.currencyName(code))) },
    { menu: 'sources' as const, label: t`Bought at`, choices: (facets?.sources ?? []).map((source) => one(source, t(sourceWords[source]))) },
  ]
}

/** Which choices the question has. */
export function chosenIn(menus: HistoryMenus, { menu, choices }: MenuChoices): readonly string[] {
  const values: readonly (string | null)[] = menus[menu] ?? []
  return choices.filter(({ stands }) => stands.some((value) => values.includes(value))).map(({ value }) => value)
}

/** The menus with these choices of one of them. */
export function withChosen(menus: HistoryMenus, { menu, choices }: MenuChoices, chosen: readonly string[]): HistoryMenus {
  const values = choices.filter(({ value }) => chosen.includes(value)).flatMap(({ stands }) => stands)
  return { ...menus, [menu]: values.length === 0 ? null : values }
}
