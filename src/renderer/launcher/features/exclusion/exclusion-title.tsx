import { Trans } from '@lingui/react/macro'
import type { ExclusionState } from '../../../../contract/ipc/controls.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { useMe } from '../household/use-member-names.ts'

export type BegunExclusion = Exclude<ExclusionState, { kind: 'none' }>

interface ExclusionTitleProps {
  readonly exclusion: BegunExclusion
  /** The minor whom it is about; not there where it is about the person in front of the screen. */
  readonly name?: string | undefined
}

/** Where an exclusion stands, in a sentence. */
export function ExclusionTitle({ exclusion, name }: ExclusionTitleProps) {
  // A member may have been excluded by a guardian, or with the whole household.
  const isMember = useMe() !== null
  if (name !== undefined) return <TheirTitle exclusion={exclusion} name={name} />
  return isMember ? <MembersTitle exclusion={exclusion} /> : <OwnTitle exclusion={exclusion} />
}

function OwnTitle({ exclusion: { kind, until } }: { exclusion: BegunExclusion }) {
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

function MembersTitle({ exclusion: { kind, until } }: { exclusion: BegunExclusion }) {
  const when = useFormat().dateTime(until)
  switch (kind) {
    case 'running':
      return <Trans>You are excluded from buying until {when}.</Trans>
    case 'ended':
      return <Trans>Your exclusion ended on {when}.</Trans>
    case 'coolingOff':
      return <Trans>You can buy again from {when} on.</Trans>
    default:
      return assertNever(kind)
  }
}

function TheirTitle({ exclusion: { kind, until }, name }: { exclusion: BegunExclusion; name: string }) {
  const when = useFormat().dateTime(until)
  switch (kind) {
    case 'running':
      return <Trans><bdi>{name}</bdi> is excluded from buying until {when}.</Trans>
    case 'ended':
      return <Trans>The exclusion of <bdi>{name}</bdi> ended on {when}.</Trans>
    case 'coolingOff':
      return <Trans><bdi>{name}</bdi> can buy again from {when} on.</Trans>
    default:
      return assertNever(kind)
  }
}
