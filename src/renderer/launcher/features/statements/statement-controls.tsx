import { Trans, useLingui } from '@lingui/react/macro'
import type { LimitKey } from '../../../../contract/controls.ts'
import type { ControlsAt, StatementData } from '../../../../contract/ipc/statements.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import table from '../../../ui/table.module.css'
import { useMyRole } from '../household/use-member-names.ts'
import { useControlWords } from '../limits/control-words.ts'
import { groupHours } from '../limits/quiet-rows.ts'
import { Card } from './card.tsx'
import { Scroll } from './statement-tables.tsx'
import styles from './statements-screen.module.css'

type Controls = NonNullable<StatementData['controls']>

interface Row {
  readonly key: string
  readonly name: string
  readonly memberId: string | null
  readonly before: string
  readonly after: string
}

/** Limits as the month found and left them, and who changed them. */
export function StatementControls({ statement }: { statement: StatementData }) {
  const { controls } = statement
  if (!controls) {
    return <Card title={<Trans>Limits in force</Trans>}><p><Trans>Limits and their changes cannot be told, because the ledger does not fit together.</Trans></p></Card>
  }
  return (
    <>
      <InForce statement={statement} controls={controls} />
      <Changes statement={statement} controls={controls} />
    </>
  )
}

const currencyOf = ({ atStart, atEnd }: Controls) => (atEnd.household ?? atStart.household)?.currency ?? 'EUR'

/** The same limit, whenever it held. */
const keyOf = ({ period, sellerId, memberId }: LimitKey) => `${period} ${sellerId ?? ''} ${memberId ?? ''}`

function useRows(controls: Controls, zone: string): readonly Row[] {
  const { t } = useLingui()
  const format = useFormat()
  const { limitName, money, days, hoursText } = useControlWords(currencyOf(controls))
  const { atStart, atEnd } = controls

  const limits = [...new Map([...atStart.limits, ...atEnd.limits].map((limit) => [keyOf(limit), limit])).values()]
  const capAt = (at: ControlsAt, key: string) => {
    const limit = at.limits.find((one) => keyOf(one) === key)
    return limit ? money(limit.amount) : t`no limit`
  }
  const hoursAt = ({ quietHours }: ControlsAt, memberId: string | null) => {
    const rows = groupHours(quietHours.filter((hours) => (hours.memberId ?? null) === memberId))
    return rows.length === 0 ? t`none` : rows.map((row) => `${days(row.weekdays)} ${hoursText(row.fromMinute, row.toMinute)}`).join('; ')
  }
  const exclusionAt = ({ exclusions }: ControlsAt, memberId: string | null) => {
    const state = exclusions.find((one) => one.memberId === memberId)?.state
    return !state || state.kind === 'none' ? t`none` : t`until ${format.dateTimeIn(state.until, zone)}`
  }
  const quiet = [...new Set([...atStart.quietHours, ...atEnd.quietHours].map(({ memberId }) => memberId ?? null))]
  const excluded = [...new Set([...atStart.exclusions, ...atEnd.exclusions].map(({ memberId }) => memberId))]
  return [
    ...limits.map((limit): Row => {
      const key = keyOf(limit)
      return { key, name: limitName(limit), memberId: limit.memberId ?? null, before: capAt(atStart, key), after: capAt(atEnd, key) }
    }),
    ...quiet.map((memberId): Row => ({ key: `quiet ${memberId}`, name: t`Quiet hours`, memberId, before: hoursAt(atStart, memberId), after: hoursAt(atEnd, memberId) })),
    ...excluded.map((memberId): Row => ({ key: `excluded ${memberId}`, name: t`Self-exclusion`, memberId, before: exclusionAt(atStart, memberId), after: exclusionAt(atEnd, memberId) })),
  ]
}

function InForce({ statement, controls }: { statement: StatementData; controls: Controls }) {
  const { t } = useLingui()
  const format = useFormat()
  const rows = useRows(controls, statement.zone)
  const { nameOf } = useControlWords(currencyOf(controls))
  const hasMembers = useMyRole() !== 'alone'
  const [first, last] = [format.day(statement.firstDay), format.day(statement.lastDay)]
  return (
    <Card title={<Trans>Limits in force</Trans>}>
      {rows.length === 0 && <p className={styles.quiet}><Trans>No limit, no quiet hours and no self-exclusion were in force.</Trans></p>}
      {rows.length > 0 && (
        <Scroll label={t`Limits in force`}>
          <thead>
            <tr>
              <th scope="col"><Trans>Control</Trans></th>
              {hasMembers && <th scope="col"><Trans>For whom</Trans></th>}
              <th scope="col"><Trans>At the beginning of {first}</Trans></th>
              <th scope="col">{statement.madeAt < statement.endsAt ? <Trans>Now</Trans> : <Trans>At the end of {last}</Trans>}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, memberId, before, after }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {hasMembers && <td className={styles.name}><bdi>{memberId === null ? t`Household` : nameOf(memberId)}</bdi></td>}
                <td>{before}</td>
                <td className={before === after ? undefined : styles.changed}>{after}</td>
              </tr>
            ))}
          </tbody>
        </Scroll>
      )}
    </Card>
  )
}

function Changes({ statement: { zone }, controls }: { statement: StatementData; controls: Controls }) {
  const { t } = useLingui()
  const format = useFormat()
  const { eventText } = useControlWords(currencyOf(controls))
  const hasMembers = useMyRole() !== 'alone'
  return (
    <Card title={<Trans>Changes to them</Trans>}>
      {controls.changes.length === 0 && <p className={styles.quiet}><Trans>Nothing was changed in this month.</Trans></p>}
      {controls.changes.length > 0 && (
        <Scroll label={t`Changes to them`}>
          <thead>
            <tr>
              <th scope="col" aria-sort="ascending"><Trans>When</Trans></th>
              <th scope="col"><Trans>Who</Trans></th>
              <th scope="col"><Trans>What happened</Trans></th>
              {hasMembers && <th scope="col"><Trans>For whom</Trans></th>}
              <th scope="col"><Trans>Control</Trans></th>
            </tr>
          </thead>
          <tbody>
            {controls.changes.map((event, index) => {
              const { who, what, about, detail } = eventText(event, hasMembers)
              return (
                <tr key={`${event.at} ${index}`}>
                  <td className={table.when}><time dateTime={event.at}>{format.dateTimeIn(event.at, zone)}</time></td>
                  <td className={styles.name}><bdi>{who}</bdi></td>
                  <th scope="row">{what}</th>
                  {hasMembers && <td className={styles.name}><bdi>{about}</bdi></td>}
                  <td className={styles.name}><bdi>{detail}</bdi></td>
                </tr>
              )
            })}
          </tbody>
        </Scroll>
      )}
    </Card>
  )
}
