import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { holdsCardNumber } from '../../../../contract/card-number.ts'
import { PlainButton } from '../../../ui/plain-button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import type { Facets } from './history-store.ts'
import { hasWords, withWords } from './question.ts'
import styles from './search-bar.module.css'

/** As long as main takes. */
const longestText = 200
/** Nothing is looked for between two letters of who types fast. */
const typingMs = 120
/** Fewer letters of a name teach nothing. */
const shortestWord = 3

interface SearchBarProps {
  readonly text: string
  readonly facets: Facets | null
  /** Whether there are others whose purchases are shown. */
  readonly isOfMany: boolean
  readonly onText: (text: string, options?: { readonly isTyping: boolean }) => void
  /** What stands beside the field. */
  readonly children: ReactNode
}

/** One field for everything. What it understands is taught by what can be pressed below. */
export function SearchBar({ text, facets, isOfMany, onText, children }: SearchBarProps) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  // Null where nothing was typed that is not in the address yet.
  const [typed, setTyped] = useState<string | null>(null)
  const tell = useEffectEvent((said: string) => {
    setTyped(null)
    if (said !== text) onText(said, { isTyping: true })
  })
  useEffect(() => {
    // P10: what is looked for stands in the address, and the number of a card is to stand nowhere.
    if (typed === null || holdsCardNumber(typed)) return undefined
    const timer = setTimeout(() => tell(typed), typingMs)
    return () => clearTimeout(timer)
  }, [typed])
  const now = typed ?? text
  const isAboutCard = holdsCardNumber(now)
  const press = (words: string) => {
    setTyped(null)
    onText(withWords(isAboutCard ? text : now, words).slice(0, longestText))
    input.current?.focus()
  }
  return (
    <div className={styles.search} role="search" aria-label={t`Find purchases`}>
      <div className={styles.first}>
        <SearchField label={t`Search your history`} value={now} onChange={setTyped} maxLength={longestText} inputRef={input} />
        {children}
      </div>
      <p role="status" className={styles.told}>{isAboutCard && <Trans>That is the number of a card. It is not looked for, and never kept here.</Trans>}</p>
      <Suggestions text={now} facets={facets} isOfMany={isOfMany} onPress={press} />
    </div>
  )
}

function Suggestions({ text, facets, isOfMany, onPress }: Pick<SearchBarProps, 'text' | 'facets' | 'isOfMany'> & { onPress: (words: string) => void }) {
  const { t } = useLingui()
  const suggestions = useSuggestions(facets, isOfMany)
  if (suggestions.length === 0) return null
  return (
    <div className={styles.suggestions} role="group" aria-label={t`Try`}>
      <span className={styles.try} aria-hidden><Trans>Try</Trans></span>
      {suggestions.map((words) => (
        <PlainButton key={words} look="quiet" className={styles.suggestion} aria-pressed={hasWords(text, words)} onClick={() => onPress(words)}>
          <bdi>{words}</bdi>
        </PlainButton>
      ))}
    </div>
  )
}

/** One of each that can be asked for, about what is really there. */
function useSuggestions(facets: Facets | null, isOfMany: boolean): readonly string[] {
  const { t } = useLingui()
  if (!facets || facets.first === null) return []
  const currency = facets.currencies.includes('EUR') ? 'EUR' : (facets.currencies[0] ?? 'EUR')
  const seller = facets.sellers.map(({ payee }) => firstWordOf(payee)).find((word) => word.length >= shortestWord)
  const member = firstWordOf(facets.members.find(({ name }) => name !== null)?.name)
  return [
    `>5 ${currency.toLowerCase()}`,
    seller && `${t({ message: 'seller', comment: 'Typed into the search field before a colon; has to be a word that is understood there' })}:${seller}`,
    isOfMany && member && `${t({ message: 'member', comment: 'Typed into the search field before a colon; has to be a word that is understood there' })}:${member}`,
    monthBefore(facets.today),
    t({ message: 'refunded', comment: 'Typed into the search field of the history; has to be a word that is understood there' }),
  ].filter((words) => typeof words === 'string' && words !== '') as string[]
}

function firstWordOf(name: string | null | undefined): string {
  return /[\p{L}\p{N}]+/u.exec(name ?? '')?.[0].toLowerCase() ?? ''
}

/** `2026-10` for any day of November 2026. */
export function monthBefore(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}
