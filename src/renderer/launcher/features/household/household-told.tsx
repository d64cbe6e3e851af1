import { Trans, useLingui } from '@lingui/react/macro'
import type { HouseholdResult } from '../../../../contract/ipc/household.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { ExplanationText } from '../../../words/outcome-words.tsx'
import card from '../limits/limits-screen.module.css'
import { householdRefusalWords } from './household-words.ts'

type Result = HouseholdResult | { readonly kind: 'broken' }

interface HouseholdToldProps {
  readonly result: Result | null
  /** Where it is seen from the screen itself that something was done. */
  readonly isFailureOnly?: boolean
}

/** What came of the last thing that was asked for about the household. */
export function HouseholdTold({ result, isFailureOnly = false }: HouseholdToldProps) {
  const isSeen = isFailureOnly && result?.kind === 'done'
  return <div role="status" className={card.told}>{result && !isSeen && <p><ResultText result={result} /></p>}</div>
}

function ResultText({ result }: { result: Result }) {
  const { t } = useLingui()
  const format = useFormat()
  switch (result.kind) {
    case 'done':
      return <Trans>Done.</Trans>
    case 'asked':
      return <Trans>Asked for. It waits for your second yes from {format.moment(result.readyAt)} until {format.moment(result.lapsesAt)}.</Trans>
    case 'declined':
      return t`The window was closed without an answer. Nothing was changed.`
    case 'refused':
      return <ExplanationText explanation={householdRefusalWords[result.reason]} />
    case 'broken':
      return <Trans>Something in Tuppence itself went wrong. Look at this screen again before you repeat it.</Trans>
    default:
      return assertNever(result)
  }
}
