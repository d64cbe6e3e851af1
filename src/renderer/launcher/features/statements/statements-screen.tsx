import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect } from 'react'
import type { StatementMonths, StatementView } from '../../../../contract/ipc/statements.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { useFeature } from '../../app/stores.ts'
import { MonthList } from './month-list.tsx'
import { SaveStatement } from './save-statement.tsx'
import { StatementParts } from './statement-parts.tsx'
import styles from './statements-screen.module.css'

type Ok<T> = Extract<T, { kind: 'ok' }>
type NotThere = Exclude<StatementMonths | StatementView | { readonly kind: 'loading' | 'broken' }, { kind: 'ok' }>

/** Why there is no statement to be seen. */
function NothingToSee({ view }: { view: NotThere }) {
  const format = useFormat()
  const load = useFeature('statements', (state) => state.load)
  switch (view.kind) {
    case 'loading':
      return null
    case 'broken':
      return <BrokenScreen title={<Trans>Statements cannot be shown.</Trans>} onRetry={() => void load()} />
    case 'locked':
      return <Banner tone="quiet" title={<Trans>No profile is open.</Trans>}><p><Trans>Open yours to see your statements.</Trans></p></Banner>
    case 'unavailable':
      return (
        <Banner tone="bad" title={<Trans>Statements cannot be shown.</Trans>}>
          <p><Trans>Tuppence cannot read your ledger, the record of your purchases. Nothing was deleted. The notice above says what is wrong.</Trans></p>
        </Banner>
      )
    case 'building': {
      const percent = format.count(view.total > 0 ? Math.floor((100 * view.done) / view.total) : 0)
      return (
        <Banner tone="quiet" title={<Trans>Your history is being put in order: {percent}%</Trans>}>
          <p><Trans>That happens once after a long time or a repair. Statements are here when it is done.</Trans></p>
        </Banner>
      )
    }
    default:
      return assertNever(view)
  }
}

/** Household or one member, where the person may see more than themselves. */
function Whose({ members }: Pick<Ok<StatementMonths>, 'members'>) {
  const { t } = useLingui()
  const memberId = useFeature('statements', (state) => state.memberId)
  const chooseWhose = useFeature('statements', (state) => state.chooseWhose)
  if (members.length === 0) return null
  const choices = [{ value: '', label: t`Everybody` }, ...members.map(({ memberId: value, name }) => ({ value, label: name }))]
  return <SelectField label={t`Statement of`} value={memberId ?? ''} choices={choices} onChange={(id) => void chooseWhose(id === '' ? null : id)} />
}

function Help() {
  return (
    <details className={styles.help}>
      <summary><Trans>What is a statement?</Trans></summary>
      <p>
        <Trans>
          It says what one month came to, to the cent: what had been spent before, every purchase and everything that came back, and what has been
          spent since. What came back is never taken off what was spent.
        </Trans>
      </p>
      <p>
        <Trans>
          It also says which limits held and who changed them. At its end is the seal of the newest entry of your ledger, which stands for all
          entries: keep a saved statement, and you can show later that nothing was altered since.
        </Trans>
      </p>
    </details>
  )
}

function Chosen({ months }: { months: Ok<StatementMonths> }) {
  const statement = useFeature('statements', (state) => state.statement)
  const isKiosk = useIsKiosk()
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        <Whose members={months.members} />
        <MonthList months={months.months} />
        <Help />
      </div>
      <div className={styles.statement}>
        {statement.kind === 'ok'
          ? <StatementParts statement={statement.statement} actions={!isKiosk && <SaveStatement />} />
          : <NothingToSee view={statement} />}
      </div>
    </div>
  )
}

function Empty({ members }: Pick<Ok<StatementMonths>, 'members'>): ReactNode {
  return (
    <>
      <div className={styles.side}><Whose members={members} /></div>
      <div className={styles.empty}>
        <p><Trans>There is no statement yet. Each month in which something is bought will have one.</Trans></p>
        <Help />
      </div>
    </>
  )
}

/** What each month came to, to read and to keep. */
export function StatementsScreen() {
  const { t } = useLingui()
  const months = useFeature('statements', (state) => state.months)
  const follow = useFeature('statements', (state) => state.follow)
  useEffect(() => follow(), [follow])
  return (
    <section className={styles.page} aria-label={t`Statements`}>
      <h1 className="visually-hidden"><Trans>Statements</Trans></h1>
      {months.kind !== 'ok' && <NothingToSee view={months} />}
      {months.kind === 'ok' && (months.months.length === 0 ? <Empty members={months.members} /> : <Chosen months={months} />)}
    </section>
  )
}
