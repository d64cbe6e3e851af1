import { Trans } from '@lingui/react/macro'
import Eye from 'lucide-react/icons/eye'
import type { Challenge } from '../../contract/ipc/confirm.ts'
import type { Harm, RiskReason } from '../../contract/ipc/risk.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { HarmText, useRiskWords } from '../words/risk-words.tsx'
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
  const harms = (['takeover', 'burst'] as const).filter((harm) => risk.bands[harm] !== 'nothing')
  const mayBeStranger = isYours && (risk.bands.takeover === 'pause' || risk.bands.takeover === 'alert')
  return (
    <section className={styles.note} data-looks-wrong>
      <Eye size={18} aria-hidden />
      <div className={styles.said}>
        {harms.map((harm) => <HarmNote key={harm} harm={harm} reasons={risk.reasons.filter((reason) => reason.harm === harm)} isYours={isYours} />)}
        {isReflecting && <p className={styles.wait}><Trans>Pay can be pressed in a moment.</Trans></p>}
        {mayBeStranger && <PlainButton onClick={onNotMe}><Trans>This was not me</Trans></PlainButton>}
      </div>
    </section>
  )
}

function HarmNote({ harm, reasons, isYours }: { harm: Harm; reasons: readonly RiskReason[]; isYours: boolean }) {
  const words = useRiskWords(isYours)
  return (
    <div>
      <p><HarmText harm={harm} isYours={isYours} /></p>
      <ul>
        {reasons.map(({ sign }) => <li key={sign.code}>{words(sign)}</li>)}
      </ul>
    </div>
  )
}
