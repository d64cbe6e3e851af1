import { Plural, Trans } from '@lingui/react/macro'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import card from '../limits/limits-screen.module.css'
import styles from './family-screen.module.css'

/** With so few left it is time for new ones. */
const few = 3

/** What a guardian answers with beside the PIN, and what is left where the phone is lost. */
export function SecondFactor({ recoveryCodesLeft }: { recoveryCodesLeft: number }) {
  const setSecondFactor = useFeature('household', (state) => state.setSecondFactor)
  const isSetting = useFeature('household', (state) => state.task === 'secondFactor')
  return (
    <section className={card.card} aria-labelledby="authenticator">
      <div className={card.head}>
        <h2 id="authenticator"><Trans>Your authenticator</Trans></h2>
        <Button isPending={isSetting} onPress={() => void setSecondFactor()}><Trans>New authenticator…</Trans></Button>
      </div>
      <p className={styles.codes}>
        {recoveryCodesLeft <= few && <TriangleAlert size={16} aria-hidden className={styles.few} />}
        <strong><Plural value={recoveryCodesLeft} _0="No recovery code is left." one="# recovery code is left." other="# recovery codes are left." /></strong>
      </p>
      <p className={styles.quiet}>
        <Trans>A recovery code takes the place of a code from your phone, once. With a new authenticator you get ten new ones, and the old ones count no more.</Trans>
      </p>
    </section>
  )
}
