import { Trans, useLingui } from '@lingui/react/macro'
import type { Meaning, Reading } from '../../../../contract/ipc/history.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import type { Format } from '../../../i18n/format.ts'
import styles from './reading-line.module.css'
import { useKindName } from './filter-choices.ts'
import { kindWords, sourceWords, stateWords } from './state-words.ts'

type Part = Reading[number]
type Because = Extract<Meaning, { kind: 'notUnderstood' }>['because']

/** How the search field was understood, and what of it was not. Words that are just words need no telling. */
export function ReadingLine({ reading }: { reading: Reading }) {
  const parts = reading.map((part, index) => ({ ...part, key: `${index} ${part.text}` }))
  const isPlain = parts.every(({ means }) => means.kind === 'word')
  const understood = parts.filter(({ means }) => means.kind !== 'notUnderstood')
  const notUnderstood = parts.filter(({ means }) => means.kind === 'notUnderstood')
  return (
    <div className={styles.reading} aria-live="polite">
      {!isPlain && understood.length > 0 && (
        <p className={styles.understood}>
          <Trans>Shows</Trans>{' '}
          {understood.map((part) => <span key={part.key} className={styles.token}><bdi><Understood part={part} /></bdi></span>)}
        </p>
      )}
      {notUnderstood.map(({ key, text, means }) => (
        <p key={key} className={styles.not}>{means.kind === 'notUnderstood' && <NotUnderstood text={text} because={means.because} />}</p>
      ))}
    </div>
  )
}

function Understood({ part: { text, means } }: { part: Part }) {
  const { t } = useLingui()
  const format = useFormat()
  const kindName = useKindName()
  switch (means.kind) {
    case 'word':
      return <Trans>with “{text}”</Trans>
    case 'seller': {
      const seller = afterColon(text)
      return <Trans>seller begins with “{seller}”</Trans>
    }
    case 'member': {
      const names = format.list(means.names)
      return <Trans>bought by {names}</Trans>
    }
    case 'amount':
      return <AmountMeaning means={means} />
    case 'amounts':
      return <Between {...means} />
    case 'period':
      return periodName(means, format)
    case 'lines':
      return format.list(means.lines.map((line) => t(kindWords[line])))
    case 'states':
      return format.list([...new Set(means.states.map((state) => t(stateWords[state])))])
    case 'kinds':
      return format.list(means.kinds.map(kindName))
    case 'sources': {
      const sources = format.list(means.sources.map((source) => t(sourceWords[source])))
      return <Trans>bought at {sources}</Trans>
    }
    case 'currency': {
      const name = format.currencyName(means.currency)
      return <Trans>in {name}</Trans>
    }
    case 'notUnderstood':
      return null
  }
}

function amountName(decimal: string, currency: string | null, format: Format): string {
  return currency === null ? format.count(Number(decimal)) : format.unitPrice({ decimal, currency, exact: true })
}

function Between({ least, most, currency }: { readonly least: string; readonly most: string; readonly currency: string | null }) {
  const format = useFormat()
  const [from, to] = [amountName(least, currency, format), amountName(most, currency, format)]
  return <Trans>{from} to {to}</Trans>
}

function AmountMeaning({ means: { is, decimal, currency } }: { means: Extract<Meaning, { kind: 'amount' }> }) {
  const format = useFormat()
  const amount = amountName(decimal, currency, format)
  switch (is) {
    case 'above':
      return <Trans>more than {amount}</Trans>
    case 'atLeast':
      return <Trans>{amount} or more</Trans>
    case 'below':
      return <Trans>less than {amount}</Trans>
    case 'atMost':
      return <Trans>{amount} or less</Trans>
    case 'equal':
      return <Trans>exactly {amount}</Trans>
  }
}

function NotUnderstood({ text, because }: { text: string; because: Because }) {
  switch (because) {
    case 'noAmount':
      return <Trans>“{text}” is no amount, so it is left out. Try “&gt;5 eur”.</Trans>
    case 'noPeriod':
      return <Trans>“{text}” is no day, month or year, so it is left out. Try “2026-10”.</Trans>
    case 'noSuchMember':
      return <Trans>Nobody here is called as in “{text}”, so it is left out.</Trans>
    case 'noSuchKind':
      return <Trans>“{text}” is no kind of offer, so it is left out. Try “kind:bundle”.</Trans>
    case 'noSuchState':
      return <Trans>“{text}” is no state of a purchase, so it is left out. Try “refunded”.</Trans>
    case 'noSuchSource':
      return <Trans>“{text}” is nowhere that purchases are imported from, so it is left out. Try “source:steam”.</Trans>
    case 'noSuchCurrency':
      return <Trans>“{text}” is no currency, so it is left out. Try “currency:eur”.</Trans>
    case 'nothingAfterColon':
      return <Trans>Say what comes after “{text}”: it is left out until then.</Trans>
    case 'noWord':
      return <Trans>“{text}” has no letters or digits to look for, so it is left out.</Trans>
    case 'tooMany':
      return <Trans>“{text}” is more than can be looked for at once, so it is left out.</Trans>
  }
}

function afterColon(text: string): string {
  return text.slice(text.indexOf(':') + 1).replaceAll(/^"|"$/g, '')
}

/** A month by its name, a day by itself, and anything else by its ends. */
export function periodName({ from, to }: { readonly from: string; readonly to: string }, format: Format): string {
  const [year = '', month = '', day] = from.split('-')
  if (from === to) return format.day(from)
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10)
  if (day === '01' && to === lastDay) return format.month(from)
  if (from === `${year}-01-01` && to === `${year}-12-31`) return year
  return format.days(from, to)
}
