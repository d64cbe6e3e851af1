import { Trans, useLingui } from '@lingui/react/macro'
import type { Judged } from '../../../../contract/ipc/monitoring.ts'
import { Button } from '../../../ui/button.tsx'
import { AnsweredText, bandWords } from '../../../words/monitoring-words.tsx'
import { RiskReasons } from '../../../words/risk-words.tsx'
import { useFormat } from '../../../i18n/format-context.ts'
import { useFeature } from '../../app/stores.ts'
import styles from './purchase-detail.module.css'

/** What looked wrong about it, and whose it was. */
export function RiskCard({ risk, isYours }: { risk: Judged; isYours: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  const answer = useFeature('detail', (state) => state.answer)
  const answered = useFeature('detail', (state) => state.answered)
  return (
    <section className={styles.card} aria-labelledby="purchase-risk">
      <h2 id="purchase-risk"><Trans>How it looked</Trans></h2>
      <p className={styles.quiet}>{t(bandWords[risk.band])}</p>
      <RiskReasons risk={risk} isYours={isYours} listClassName={styles.notes} />
      {risk.answer && (
        <p>
          {risk.answer.answer === 'me' ? <Trans>It was said to be right on {format.dateTime(risk.answer.at)}.</Trans> : <Trans>It was said to be somebody else’s on {format.dateTime(risk.answer.at)}.</Trans>}
        </p>
      )}
      {risk.mayAnswer.length > 0 && (
        <div className={styles.actions}>
          {risk.mayAnswer.includes('me') && <Button onPress={() => void answer('me')}><Trans>This was me</Trans></Button>}
          <Button onPress={() => void answer('notMe')}><Trans>This was not me</Trans></Button>
        </div>
      )}
      <div role="status" className={styles.told}>{answered && <p><AnsweredText answered={answered} /></p>}</div>
    </section>
  )
}
