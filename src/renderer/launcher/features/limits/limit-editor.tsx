import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type SyntheticEvent } from 'react'
import type { Change, Limit } from '../../../../contract/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Segments } from '../../../ui/segments.tsx'
import { useFeature } from '../../app/stores.ts'
import { AmountField, useParsedAmount } from './amount-field.tsx'
import { ChangeReview } from './change-review.tsx'
import { useControlWords } from './control-words.ts'
import styles from './limits-screen.module.css'
import { useConsider } from './use-consider.ts'
import { useFormFocus } from './use-form-focus.ts'
import { ofMember, useWhose } from './whose.ts'

/** Another amount for a limit that is there, or none. */
export function LimitEditor({ limit, currency }: { limit: Limit; currency: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const { limitName } = useControlWords(currency)
  const ask = useFeature('limits', (state) => state.ask)
  const edit = useFeature('limits', (state) => state.edit)
  const [text, setText] = useState(() => format.money({ amount: limit.amount, currency }))
  const [what, setWhat] = useState<'amount' | 'none'>('amount')
  const [isTried, setIsTried] = useState(false)
  const parsed = useParsedAmount(text, currency)
  const { period, sellerId } = limit
  const { memberId } = useWhose()
  const name = limitName(limit)
  const amount = what === 'none' ? null : parsed.kind === 'ok' ? parsed.amount : undefined
  const change: Change | null = amount === undefined ? null : { kind: 'limit', period, sellerId, amount, ...ofMember(memberId) }
  // As it is now, nothing is asked yet.
  const isSame = amount === limit.amount
  useConsider(isSame ? null : change)
  const form = useFormFocus(true)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (change) void ask(change)
  }
  const choices = [
    { value: 'amount', label: t`Another amount` },
    { value: 'none', label: t`No limit` },
  ] as const
  return (
    <form ref={form} className={styles.form} onSubmit={submit} aria-label={t`Change: ${name}`}>
      <div className={styles.fields}>
        {what === 'amount' && (
          <AmountField label={t`Spend at most`} text={text} currency={currency} parsed={parsed} isTried={isTried} onChange={setText} />
        )}
        <div className={styles.labelled}>
          <span aria-hidden><Trans>Change to</Trans></span>
          <Segments label={t`Change to`} value={what} choices={choices} onChange={setWhat} />
        </div>
      </div>
      <ChangeReview action={<Trans>Set limit…</Trans>} onCancel={() => edit(null)} />
    </form>
  )
}
