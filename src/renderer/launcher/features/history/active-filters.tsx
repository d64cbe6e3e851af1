import { Trans, useLingui } from '@lingui/react/macro'
import X from 'lucide-react/icons/x'
import type { HistoryMenus } from '../../../../contract/ipc/history.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { PlainButton } from '../../../ui/plain-button.tsx'
import { chosenIn, useMenuChoices } from './filter-choices.ts'
import styles from './filter-panel.module.css'
import type { Facets } from './history-store.ts'
import { noMenus } from './question.ts'
import { periodName } from './reading-line.tsx'

interface ActiveFiltersProps {
  readonly menus: HistoryMenus
  readonly facets: Facets | null
  readonly isOfMany: boolean
  readonly onChange: (menus: HistoryMenus) => void
}

interface ActiveFilter {
  readonly name: string
  readonly words: string
  readonly without: HistoryMenus
}

/** Each filter that holds. Pressing it takes it away. */
export function ActiveFilters({ menus, facets, isOfMany, onChange }: ActiveFiltersProps) {
  const { t } = useLingui()
  const active = useActiveFilters(menus, facets, isOfMany)
  if (active.length === 0) return null
  return (
    <div className={styles.active} role="group" aria-label={t`Filters that hold`}>
      {active.map(({ name, words, without }) => (
        <PlainButton key={name} className={styles.token} aria-label={t`Remove ${name}: ${words}`} onClick={() => onChange(without)}>
          <span>{name}: <bdi>{words}</bdi></span>
          <X size={14} aria-hidden />
        </PlainButton>
      ))}
      <PlainButton look="quiet" className={styles.clear} onClick={() => onChange(noMenus)}><Trans>Clear all</Trans></PlainButton>
    </div>
  )
}

export function useActiveFilters(menus: HistoryMenus, facets: Facets | null, isOfMany: boolean): readonly ActiveFilter[] {
  const { t } = useLingui()
  const format = useFormat()
  const lists = useMenuChoices(facets, isOfMany)
  const active: ActiveFilter[] = []
  const { from, to, least, most } = menus
  if (from !== null || to !== null) {
    const words = from !== null && to !== null ? periodName({ from, to }, format) : from !== null ? t`from ${format.day(from)}` : t`up to ${format.day(to ?? '')}`
    active.push({ name: t`Period`, words, without: { ...menus, from: null, to: null } })
  }
  for (const list of lists) {
    if (menus[list.menu] === null) continue
    const chosen = chosenIn(menus, list)
    const names = list.choices.filter(({ value }) => chosen.includes(value)).map(({ label }) => label)
    // What an address asks for may not be there any more.
    active.push({ name: list.label, words: names.length === 0 ? '?' : format.list(names), without: { ...menus, [list.menu]: null } })
  }
  if (least !== null) active.push({ name: t`Amount from`, words: format.count(Number(least)), without: { ...menus, least: null } })
  if (most !== null) active.push({ name: t`Amount up to`, words: format.count(Number(most)), without: { ...menus, most: null } })
  return active
}
