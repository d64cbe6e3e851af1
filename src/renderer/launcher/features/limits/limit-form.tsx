import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type SyntheticEvent, type ReactNode } from 'react'
import type { Change, LimitKey } from '../../../../contract/controls.ts'
import { Segments } from '../../../ui/segments.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { periodWords } from '../../../words/limit-words.tsx'
import { useFeature } from '../../app/stores.ts'
import { AmountField, useParsedAmount } from './amount-field.tsx'
import { ChangeReview } from './change-review.tsx'
import { useControlWords } from './control-words.ts'
import styles from './limits-screen.module.css'
import type { Household } from './limits-store.ts'
import { useConsider } from './use-consider.ts'
import { useFormFocus } from './use-form-focus.ts'
import { ofMember, useWhose } from './whose.ts'

const periods = ['purchase', 'day', 'week', 'month'] as const
const everySeller = 'all'

interface LimitFormProps {
  readonly currency: string
  /** Goes with the first control. */
  readonly household?: Household
  /** More to choose, below the amount. */
  readonly children?: ReactNode
  readonly onCancel?: () => void
}

/** A new limit: how much, how long it counts, and for whom. */
export function LimitForm({ currency, household, children, onCancel }: LimitFormProps) {
  const { t } = useLingui()
  const { sellers } = useControlWords(currency)
  const ask = useFeature('limits', (state) => state.ask)
  const { memberId } = useWhose()
  const [text, setText] = useState('')
  const [period, setPeriod] = useState<LimitKey['period']>('week')
  const [seller, setSeller] = useState<string>(everySeller)
  const [isTried, setIsTried] = useState(false)
  const parsed = useParsedAmount(text, currency)
  const sellerId = seller === everySeller ? null : seller
  const change: Change | null = parsed.kind === 'ok' ? { kind: 'limit', period, sellerId, amount: parsed.amount, ...ofMember(memberId) } : null
  useConsider(change)
  const form = useFormFocus(onCancel !== undefined)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (change) void ask(change, household)
  }
  const sellerChoices = [{ value: everySeller, label: t`All sellers` }, ...sellers.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <form ref={form} className={household ? `${styles.form} ${styles.only}` : styles.form} onSubmit={submit} aria-label={t`New limit`}>
      <div className={styles.fields}>
        <AmountField label={t`Spend at most`} text={text} currency={currency} parsed={parsed} isTried={isTried} onChange={setText} />
        <div className={styles.labelled}>
          <span aria-hidden><Trans>Counted for</Trans></span>
          <Segments
            label={t`Counted for`}
            value={period}
            choices={periods.map((value) => ({ value, label: t(periodWords[value]) }))}
            onChange={setPeriod}
          />
        </div>
      </div>
      <div className={styles.choices}>
        <SelectField label={t`Seller`} value={seller} choices={sellerChoices} onChange={setSeller} />
        {children}
      </div>
      <ChangeReview action={<Trans>Set limit…</Trans>} onCancel={onCancel} />
    </form>
  )
}
