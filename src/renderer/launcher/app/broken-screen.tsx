import { Trans } from '@lingui/react/macro'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './app.module.css'

/** All that can be shown when main does not say how it is. */
export function BrokenScreen({ onRetry }: { onRetry: () => void }) {
  return (
    <main className={styles.screen} role="alert">
      <Banner
        tone="bad"
        title={<Trans>Tuppence could not start properly</Trans>}
        actions={<Button onPress={onRetry}><Trans>Try again</Trans></Button>}
      >
        <p>
          <Trans>
            Nothing was charged, and what you bought before is kept. If trying again does not help, close Tuppence and
            start it again.
          </Trans>
        </p>
      </Banner>
    </main>
  )
}
