import { Trans } from '@lingui/react/macro'
import Eye from 'lucide-react/icons/eye'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { RiskReasons } from '../words/risk-words.tsx'
import styles from './risk-note.module.css'

interface RiskNoteProps {
  readonly challenge: Challenge
  readonly isReflecting: boolean
  readonly onNotMe: () => void
}

/** What looks wrong about the purchase, with the numbers, and what follows from it. It never stops one. */
export function RiskNote({ challenge: { risk, request }, isReflecting, onNotMe }: RiskNoteProps) {
  if (!risk) return null
  const isYours = request === undefined
  const mayBeStranger = isYours && (risk.bands.takeover === 'pause' || risk.bands.takeover === 'alert')
  return (
    <section className={styles.note} data-looks-wrong>
      <Eye size={18} aria-hidden />
      <div className={styles.said}>
        <RiskReasons risk={risk} isYours={isYours} />
        {isReflecting && <p className={styles.wait}><Trans>Pay can be pressed in a moment.</Trans></p>}
        {mayBeStranger && <PlainButton onClick={onNotMe}><Trans>This was not me</Trans></PlainButton>}
      </div>
    </section>
  )
}
