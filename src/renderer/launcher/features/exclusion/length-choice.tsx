import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type SyntheticEvent, type ReactNode } from 'react'
import type { ExclusionLength } from '../../../../contract/controls.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { OptionCards } from '../../../ui/option-cards.tsx'
import { useFeature } from '../../app/stores.ts'
import type { Controls } from '../limits/controls-store.ts'
import styles from './exclusion-screen.module.css'

const lengthWords: Record<ExclusionLength, MessageDescriptor> = {
  '24hours': msg`24 hours`,
  '7days': msg`7 days`,
  '30days': msg`30 days`,
  '6months': msg`6 months`,
  '1year': msg`1 year`,
  '5years': msg`5 years`,
}

/** Of the same length once more, just after choosing it, only seconds would come. */
const worthwhileMs = 60 * 60_000

interface LengthChoiceProps {
  readonly ends: Controls['exclusionEnds']
  readonly label: string
  readonly action: ReactNode
  /** The minor whom it is for; null for oneself. */
  readonly memberId: string | null
  /** Where one runs: only what ends clearly later can be chosen. */
  readonly after?: string
}

/** The lengths that can be chosen, each with its end, and the button that asks. Nothing is chosen beforehand. */
export function LengthChoice({ ends, label, action, memberId, after }: LengthChoiceProps) {
  const { t } = useLingui()
  const format = useFormat()
  const begin = useFeature('exclusion', (state) => state.begin)
  const isAsking = useFeature('exclusion', (state) => state.task === 'begin')
  const [chosen, setChosen] = useState<ExclusionLength | null>(null)
  const [isTried, setIsTried] = useState(false)
  const offered = ends.filter(({ endsAt }) => after === undefined || Date.parse(endsAt) - Date.parse(after) >= worthwhileMs)
  if (offered.length === 0) return null
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (chosen) void begin(chosen, memberId)
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label={label}>
      <OptionCards
        name="length"
        legend={label}
        options={offered.map(({ length, endsAt }) => ({ value: length, title: t(lengthWords[length]), detail: <Trans>until {format.dateTime(endsAt)}</Trans> }))}
        chosen={chosen}
        onChoose={setChosen}
      />
      <p role="status" className={styles.problem}>{isTried && !chosen && <Trans>Choose how long first.</Trans>}</p>
      <div><Button type="submit" isPending={isAsking}>{action}</Button></div>
    </form>
  )
}
