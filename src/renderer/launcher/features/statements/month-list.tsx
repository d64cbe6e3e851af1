import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import type { StatementMonths } from '../../../../contract/ipc/statements.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { useFeature } from '../../app/stores.ts'
import styles from './statements-screen.module.css'

type Month = Extract<StatementMonths, { kind: 'ok' }>['months'][number]

/** Every month with lines, newest first, and what each came to. */
export function MonthList({ months }: { months: readonly Month[] }) {
  const { t } = useLingui()
  const format = useFormat()
  const month = useFeature('statements', (state) => state.month)
  const chooseMonth = useFeature('statements', (state) => state.chooseMonth)
  const choose = (chosen: unknown) => {
    const found = months.find((one) => one.month === chosen)
    if (found) void chooseMonth(found.month)
  }
  return (
    <ListBox
      className={styles.months ?? ''}
      aria-label={t`Months`}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={month === null ? [] : [month]}
      onSelectionChange={(keys) => choose(keys === 'all' ? null : [...keys][0])}
    >
      {months.map((one) => (
        <ListBoxItem key={one.month} id={one.month} textValue={format.month(`${one.month}-01`)} className={styles.month ?? ''}>
          <span className={styles.monthName}>{format.month(`${one.month}-01`)}</span>
          <span className={styles.monthLines}><Plural value={one.lines} one="# line" other="# lines" /></span>
          {one.totals.map(({ debit, credit }) => (
            <span key={debit.currency} className={styles.monthTotal}>
              <span>{format.money(debit)}</span>
              {credit.amount !== '0' && <span className={styles.quiet}><Trans>{format.money(credit)} came back</Trans></span>}
            </span>
          ))}
        </ListBoxItem>
      ))}
    </ListBox>
  )
}
