import { Trans, useLingui } from '@lingui/react/macro'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { controlsRefusalWords } from './control-words.ts'
import type { Told } from './limits-store.ts'

interface WhatCameProps {
  readonly told: Told | null
  readonly className: string | undefined
  /** Where it is seen from the screen itself that something was done. */
  readonly isFailureOnly?: boolean
}

/** What came of the last thing that was asked for. */
export function WhatCame({ told, className, isFailureOnly = false }: WhatCameProps) {
  const isSeen = isFailureOnly && (told?.kind === 'done' || told?.kind === 'asked')
  return <div role="status" className={className}>{told && !isSeen && <p><ToldText told={told} /></p>}</div>
}

function ToldText({ told }: { told: Told }) {
  const { t } = useLingui()
  const format = useFormat()
  switch (told.kind) {
    case 'done':
      return <Trans>Done.</Trans>
    case 'asked':
      return <Trans>Asked for. It waits for your second yes from {format.moment(told.readyAt)} until {format.moment(told.lapsesAt)}.</Trans>
    case 'declined':
      return <Trans>You said no. Nothing was changed.</Trans>
    case 'refused':
      return <>{t(controlsRefusalWords[told.reason].what)} {t(controlsRefusalWords[told.reason].next)}</>
    case 'broken':
      return <Trans>Something in Tuppence itself went wrong. Look at this screen again before you repeat it.</Trans>
    default:
      return assertNever(told)
  }
}
