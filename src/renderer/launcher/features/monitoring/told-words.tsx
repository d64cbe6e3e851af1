import { Plural, Trans } from '@lingui/react/macro'
import { AnsweredText } from '../../../words/monitoring-words.tsx'
import type { MonitoringTold } from './monitoring-store.ts'

/** What came of an answer, or of ending a freeze. */
export function MonitoringToldText({ told }: { told: MonitoringTold }) {
  switch (told.kind) {
    case 'thawed':
      return <Trans>Buying goes on. Every purchase is asked about as before.</Trans>
    case 'wait':
      return <Plural value={Math.ceil(told.pauseMs / 1000)} one="Take # second to think about it, then press again." other="Take # seconds to think about it, then press again." />
    default:
      return <AnsweredText answered={told} />
  }
}
