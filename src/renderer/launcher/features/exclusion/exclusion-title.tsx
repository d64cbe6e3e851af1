import { Trans } from '@lingui/react/macro'
import type { ExclusionState } from '../../../../contract/ipc/controls.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'

export type BegunExclusion = Exclude<ExclusionState, { kind: 'none' }>

/** Where an exclusion stands, in a sentence. */
export function ExclusionTitle({ exclusion: { kind, until } }: { exclusion: BegunExclusion }) {
  const when = useFormat().dateTime(until)
  switch (kind) {
    case 'running':
      return <Trans>You have excluded yourself from buying until {when}.</Trans>
    case 'ended':
      return <Trans>Your self-exclusion ended on {when}.</Trans>
    case 'coolingOff':
      return <Trans>You can buy again from {when} on.</Trans>
    default:
      return assertNever(kind)
  }
}
