import { Trans, useLingui } from '@lingui/react/macro'
import X from 'lucide-react/icons/x'
import { Link } from 'wouter'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { useControlWords } from './control-words.ts'
import type { Controls, Warned } from './controls-store.ts'
import styles from './limits-screen.module.css'
import { LeftNow } from './left-now.tsx'
import { keyOf } from './limit-key.ts'

function Warning({ warning, controls, currency }: { warning: Warned; controls: Controls; currency: string }) {
  const { t } = useLingui()
  const { fullLimitName, money } = useControlWords(currency)
  const putAway = useFeature('controls', (state) => state.putAway)
  const name = fullLimitName(warning)
  const cap = money(warning.amount)
  const close = () => {
    putAway(warning)
    // The button with the focus goes away; the keyboard goes on at the screen above.
    document.getElementById('content')?.focus()
  }
  return (
    <Banner
      tone="quiet"
      title={warning.percent === 100
        ? <Trans>This limit is used up: <bdi>{name}</bdi>, {cap}.</Trans>
        : <Trans>Four fifths of this limit are used: <bdi>{name}</bdi>, {cap}.</Trans>}
      dismiss={<Button look="quiet" aria-label={t`Dismiss`} onPress={close}><X size={18} aria-hidden /></Button>}
    >
      <p><LeftNow of={warning} standings={controls.standings} currency={currency} /> <Link className={styles.link} href="/limits">{controls.of === null || warning.memberId === controls.of ? <Trans>See your limits</Trans> : <Trans>See the limits</Trans>}</Link></p>
    </Banner>
  )
}

/** That a limit has come near its end with a purchase; said once, below what became of the purchase. */
export function LimitWarnings() {
  const warnings = useFeature('controls', (state) => state.warnings)
  const view = useFeature('controls', (state) => state.view)
  if (view.kind !== 'ok' || !view.household) return null
  const { currency } = view.household
  return warnings.map((warning) => <Warning key={`${warning.at} ${keyOf(warning)}`} warning={warning} controls={view} currency={currency} />)
}
