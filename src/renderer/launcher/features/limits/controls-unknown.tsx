import { Trans } from '@lingui/react/macro'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { BrokenScreen } from '../../../ui/broken-screen.tsx'
import { useFeature } from '../../app/stores.ts'
import type { Controls, ControlsOnScreen } from './controls-store.ts'

/** Where nothing is known of the controls: why, and what can be done. */
export function ControlsUnknown({ view }: { view: Exclude<ControlsOnScreen, Controls> }) {
  const load = useFeature('controls', (state) => state.load)
  switch (view.kind) {
    case 'loading':
      return null
    case 'unavailable':
      return (
        <Banner tone="bad" title={<Trans>Your limits cannot be shown.</Trans>}>
          <p><Trans>Tuppence cannot read your ledger, where limits are kept. Nothing can be bought until it can. The notice above says what is wrong.</Trans></p>
        </Banner>
      )
    case 'broken':
      return <BrokenScreen onRetry={() => void load()} />
    default:
      return assertNever(view)
  }
}
