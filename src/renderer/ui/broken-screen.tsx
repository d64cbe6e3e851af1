import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Banner } from './banner.tsx'
import { Button } from './button.tsx'

interface BrokenScreenProps {
  readonly title?: ReactNode
  readonly onRetry: () => void
}

/** Instead of a screen whose data could not be had, because of a fault of Tuppence. */
export function BrokenScreen({ title = <Trans>This screen cannot be shown.</Trans>, onRetry }: BrokenScreenProps) {
  return (
    <Banner tone="bad" title={title} actions={<Button onPress={onRetry}><Trans>Try again</Trans></Button>}>
      <p><Trans>Something in Tuppence itself went wrong. Nothing was deleted.</Trans></p>
    </Banner>
  )
}
