import { Trans } from '@lingui/react/macro'
import type { HistoryMenus, HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import { Button } from '../../../ui/button.tsx'
import { useActiveFilters } from './active-filters.tsx'
import styles from './history-screen.module.css'
import type { Facets } from './history-store.ts'
import { everything, isFiltering } from './question.ts'

interface NoLinesProps {
  readonly question: HistoryQuestionView
  readonly facets: Facets | null
  readonly isOfMany: boolean
  readonly onChange: (question: HistoryQuestionView) => void
}

/** Stands below the table's headings, which are there all the same: one look tells what will be listed. */
export function NoLines({ question, facets, isOfMany, onChange }: NoLinesProps) {
  const active = useActiveFilters(question.menus, facets, isOfMany)
  if (!isFiltering(question)) {
    return <p className={styles.empty}><Trans>You have not bought anything yet. Every purchase will be listed here with its receipt.</Trans></p>
  }
  const without = (menus: HistoryMenus) => onChange({ ...question, menus })
  const text = question.text.trim()
  const isOneThing = active.length + (text === '' ? 0 : 1) === 1
  return (
    <div className={styles.empty}>
      <p><Trans>No purchase fits your search.</Trans></p>
      <div className={styles.relax}>
        {!isOneThing && text !== '' && <Button onPress={() => onChange({ ...question, text: '' })}><Trans>Without “{text}”</Trans></Button>}
        {!isOneThing && active.map(({ name, words, without: rest }) => (
          <Button key={name} onPress={() => without(rest)}><Trans>Without {name}: {words}</Trans></Button>
        ))}
        <Button onPress={() => onChange({ ...everything, order: question.order })}><Trans>Show all purchases</Trans></Button>
      </div>
    </div>
  )
}
