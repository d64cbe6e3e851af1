import { Trans } from '@lingui/react/macro'
import type { Standing } from '../../../../contract/ipc/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import table from '../../../ui/table.module.css'
import { useControlWords } from './control-words.ts'
import styles from './limits-screen.module.css'
import { keyOf } from './limit-key.ts'
import { useRegionNames } from './region-names.ts'

/** The same as the bars, for people who would rather read. */
export function StandingTable({ standings, currency }: { standings: readonly Standing[]; currency: string }) {
  const { table: name } = useRegionNames()
  const format = useFormat()
  const { limitName, money } = useControlWords(currency)
  return (
    <div className={table.scroll} role="region" aria-label={name} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col"><Trans>Limit</Trans></th>
            <th scope="col" className={table.amount}><Trans>At most</Trans></th>
            <th scope="col" className={table.amount}><Trans>Spent</Trans></th>
            <th scope="col" className={table.amount}><Trans>Reserved</Trans></th>
            <th scope="col" className={table.amount}><Trans>Left</Trans></th>
            <th scope="col"><Trans>Resets</Trans></th>
          </tr>
        </thead>
        <tbody>
          {standings.map((standing) => (
            <tr key={keyOf(standing)}>
              <th scope="row"><bdi>{limitName(standing)}</bdi></th>
              <td className={table.amount}>{money(standing.amount)}</td>
              {standing.period === 'purchase' ? <td colSpan={4} className={styles.quiet}><Trans>each purchase alone</Trans></td> : (
                <>
                  <td className={table.amount}>{money(standing.spent)}</td>
                  <td className={table.amount}>{money(standing.reserved)}</td>
                  <td className={table.amount}>{money(standing.left)}</td>
                  <td className={table.when}>{standing.resetsAt !== null && format.moment(standing.resetsAt)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
