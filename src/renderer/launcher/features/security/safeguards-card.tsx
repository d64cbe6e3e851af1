import { Trans } from '@lingui/react/macro'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { Safeguard } from '../../../../contract/ipc/posture.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import styles from './security.module.css'
import { usePostureWords } from './use-posture-words.ts'

const icons = { good: CircleCheck, attention: CircleAlert, bad: TriangleAlert, unknown: CircleHelp }

/** One safeguard: its state as icon and word, what was measured, when, and what there is to do. */
function SafeguardRow({ safeguard: { id, state, finding, measured, todo, at } }: { safeguard: Safeguard }) {
  const format = useFormat()
  const words = usePostureWords()
  const Icon = icons[state]
  return (
    <li className={styles[state]} data-safeguard={id}>
      <h3>{words.safeguards[id]}</h3>
      <p className={styles.state}><Icon size={18} aria-hidden />{words.states[state]}</p>
      <div className={styles.found}>
        <p>{words.findings[finding](measured, format)}</p>
        {todo && <p className={styles.todo}>{words.todos[todo]}</p>}
      </div>
      <time className={styles.at} dateTime={at}>{format.dateTime(at)}</time>
    </li>
  )
}

export function SafeguardsCard({ safeguards }: { safeguards: readonly Safeguard[] }) {
  return (
    <section className={styles.card} aria-labelledby="security-safeguards">
      <h2 id="security-safeguards"><Trans>Safeguards</Trans></h2>
      <ul className={styles.safeguards}>
        {safeguards.map((safeguard) => <SafeguardRow key={safeguard.id} safeguard={safeguard} />)}
      </ul>
    </section>
  )
}
