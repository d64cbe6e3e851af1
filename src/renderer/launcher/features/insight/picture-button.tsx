import { Trans, useLingui } from '@lingui/react/macro'
import type { RefObject } from 'react'
import type { PictureResult } from '../../../../contract/ipc/insight.ts'
import { assertNever } from '../../../assert-never.ts'
import { Button } from '../../../ui/button.tsx'
import { fileProblemWords } from '../../../words/file-words.ts'
import { useFeature } from '../../app/stores.ts'
import styles from './insight-screen.module.css'

function Ended({ result }: { result: PictureResult | { readonly kind: 'broken' } }) {
  const { t } = useLingui()
  switch (result.kind) {
    case 'written':
      return <Trans>Saved as <bdi>{result.name}</bdi></Trans>
    case 'cancelled':
      return <Trans>No picture was saved.</Trans>
    case 'busy':
      return <Trans>No picture was saved: another box of the system is open.</Trans>
    case 'locked':
      return <Trans>No picture was saved: your profile is not open any more.</Trans>
    case 'noPicture':
    case 'broken':
      return <Trans>No picture could be taken. Try again with the chart in full sight.</Trans>
    case 'failed':
      return <>{t(fileProblemWords[result.problem])}</>
    default:
      return assertNever(result)
  }
}

/** The picture is taken by main of what is on the screen, so that the page hands over no file. */
export function PictureButton({ of }: { of: RefObject<HTMLElement | null> }) {
  const picture = useFeature('insight', (state) => state.picture)
  const savePicture = useFeature('insight', (state) => state.savePicture)
  const save = () => {
    const element = of.current
    if (!element) return
    element.scrollIntoView({ block: 'start', behavior: 'instant' })
    // What was scrolled to is on the screen with the frame after the next.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const { x, y, width, height } = element.getBoundingClientRect()
        const top = Math.max(y, 0)
        void savePicture({ x: Math.max(x, 0), y: top, width, height: Math.min(height, window.innerHeight - top) })
      }),
    )
  }
  return (
    <div className={styles.actions}>
      <Button onPress={save}><Trans>Save as picture…</Trans></Button>
      <p aria-live="polite" className={styles.help}>{picture && <Ended result={picture} />}</p>
    </div>
  )
}
