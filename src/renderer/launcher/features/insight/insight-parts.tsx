import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { WireMoney } from '../../../../contract/money.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { sourceWords } from '../history/state-words.ts'
import { useMyRole } from '../household/use-member-names.ts'
import { type Insight, isNothing, minus, shareOf, size } from './insight-figures.ts'
import styles from './insight-screen.module.css'

/** How many of a list are in sight at once. */
const inSight = 6

interface PartRow {
  readonly key: string
  readonly name: ReactNode
  readonly detail?: ReactNode
  readonly debit: WireMoney
  readonly credit?: WireMoney
  readonly before?: WireMoney
}

/** How it has changed since the period before, in words. */
function Change({ debit, before }: { debit: WireMoney; before: WireMoney }) {
  const format = useFormat()
  const change = minus(debit, before)
  if (isNothing(change)) return <Trans>as before</Trans>
  if (isNothing(before)) return <Trans>new</Trans>
  const by = format.money(size(change))
  return change.amount.startsWith('-') ? <Trans>{by} less</Trans> : <Trans>{by} more</Trans>
}

function Row({ row, most }: { row: PartRow; most: WireMoney }) {
  const format = useFormat()
  return (
    <li className={styles.row}>
      <span className={styles.name}>{row.name}</span>
      <span className={styles.amount}>{format.money(row.debit)}</span>
      <span className={styles.track} aria-hidden><span className={styles.fill} style={{ inlineSize: `${100 * shareOf(row.debit, most)}%` }} /></span>
      <span className={styles.detail}>
        {row.detail}
        {row.before && <span><Change debit={row.debit} before={row.before} /></span>}
        {row.credit && !isNothing(row.credit) && <span><Trans>{format.money(row.credit)} came back</Trans></span>}
      </span>
    </li>
  )
}

function Part({ title, help, rows }: { title: ReactNode; help?: ReactNode; rows: readonly PartRow[] }) {
  const [first] = rows
  if (!first) return null
  const most = rows.reduce((found, { debit }) => (BigInt(debit.amount) > BigInt(found.amount) ? debit : found), first.debit)
  const rest = rows.slice(inSight)
  const list = (some: readonly PartRow[]) => <ul className={styles.rows}>{some.map((row) => <Row key={row.key} row={row} most={most} />)}</ul>
  return (
    <section className={styles.card}>
      <h3 className={styles.title}>{title}</h3>
      {help && <p className={styles.help}>{help}</p>}
      {list(rows.slice(0, inSight))}
      {rest.length > 0 && (
        <details className={styles.behind}>
          <summary><Plural value={rest.length} one="# more" other="# more" /></summary>
          {list(rest)}
        </details>
      )}
    </section>
  )
}

const times = (lines: number) => <Plural value={lines} one="# time" other="# times" />

function useKindWords() {
  const { t } = useLingui()
  return { item: t`Single items`, pass: t`Passes`, bundle: t`Bundles`, none: t`Of no known kind` }
}

type Item = Omit<Insight['mostFrequent'][number], 'before'> & { readonly before?: WireMoney }

function itemRows(items: readonly Item[]): PartRow[] {
  return items.map(({ item, payee, lines, debit, credit, before }) => ({
    ...{ key: `${payee} ${item}`, debit, credit, ...(before && { before }) },
    name: <bdi>{item}</bdi>,
    detail: <><bdi>{payee}</bdi><span>{times(lines)}</span></>,
  }))
}

/** Where nothing was bought before, everything would be called new. */
function withoutBefore(insight: Insight) {
  const without = <T extends { readonly before: WireMoney }>(rows: readonly T[]) => rows.map(({ before: _, ...row }) => row)
  const { sellers, kinds, members, sources, units, passes } = insight
  return {
    ...insight,
    ...{ sellers: without(sellers), kinds: without(kinds), members: without(members) },
    ...{ sources: without(sources), units: without(units), passes: without(passes) },
  }
}

/** What the sum is made of. */
export function InsightParts({ insight: shown }: { insight: Insight }) {
  const { t } = useLingui()
  const insight = shown.totalsBefore.lines === 0 ? withoutBefore(shown) : shown
  const format = useFormat()
  const kinds = useKindWords()
  const isGuardian = useMyRole() === 'guardian'
  const isOfMany = insight.sources.length > 1
  return (
    <div className={styles.parts}>
      <Part title={<Trans>Sellers</Trans>} rows={insight.sellers.map(({ sellerId, payee, ...row }) => ({ ...row, key: sellerId, name: <bdi>{payee}</bdi>, detail: <Plural value={row.lines} one="# line" other="# lines" /> }))} />
      <Part title={<Trans>Kinds</Trans>} rows={insight.kinds.map(({ offerKind, ...row }) => ({ ...row, key: offerKind ?? 'none', name: kinds[offerKind ?? 'none'] }))} />
      {isGuardian && <Part title={<Trans>Members</Trans>} rows={insight.members.map(({ memberId, name, ...row }) => ({ ...row, key: memberId ?? '', name: <bdi>{name ?? t`Nobody’s profile`}</bdi> }))} />}
      {isOfMany && <Part title={<Trans>Where it was bought</Trans>} rows={insight.sources.map(({ source, ...row }) => ({ ...row, key: source, name: t(sourceWords[source]) }))} />}
      <Part
        title={<Trans>Virtual currencies in real money</Trans>}
        help={<Trans>What one unit came to, over all bundles of the time.</Trans>}
        rows={insight.units.map(({ unit, payee, units, unitPrice, ...row }) => ({
          ...{ ...row, key: `${payee} ${unit}` },
          name: <bdi>{format.count(units)} {unit}</bdi>,
          detail: <><bdi>{payee}</bdi>{unitPrice && <span>{unitPrice.exact ? '' : '≈ '}<Trans>{format.unitPrice(unitPrice)} each</Trans></span>}</>,
        }))}
      />
      <Part title={<Trans>Passes</Trans>} help={<Trans>They run out, and are bought again.</Trans>} rows={itemRows(insight.passes)} />
      <Part
        title={<Trans>Biggest</Trans>}
        rows={insight.biggest.map((line) => ({
          ...{ key: line.id, debit: line.moved },
          name: <Link className={styles.link} href={`/history/purchase/${line.purchaseId}`}><bdi>{line.item}</bdi></Link>,
          detail: <><bdi>{line.payee}</bdi><span>{format.dateTime(line.at)}</span></>,
        }))}
      />
      <Part title={<Trans>Most often</Trans>} rows={itemRows(insight.mostFrequent.filter(({ lines }) => lines > 1)).map(({ before: _, ...row }) => row)} />
    </div>
  )
}
