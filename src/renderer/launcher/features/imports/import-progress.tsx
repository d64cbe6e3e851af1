import { Trans, useLingui } from '@lingui/react/macro'
import type { ImportProgressData } from '../../../../contract/ipc/imports.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { percentOf, Progress } from '../../../ui/progress.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './imports.module.css'

interface ProgressProps {
  readonly isWriting: boolean
  readonly progress: ImportProgressData | null
  readonly isCancelling: boolean
}

/** How far reading or writing is, with the button that gives it up. */
export function ImportProgress({ isWriting, progress, isCancelling }: ProgressProps) {
  const { t } = useLingui()
  const cancel = useFeature('imports', (state) => state.cancel)
  const percent = percentOf(progress)
  return (
    <section className={styles.panel} aria-label={isWriting ? t`Importing` : t`Reading the file`}>
      <p><Step isWriting={isWriting} progress={progress} percent={percent} /></p>
      <Progress label={isWriting ? t`Importing` : t`Reading the file`} percent={percent} />
      {isWriting && <p className={styles.quiet}><Trans>If you cancel, what is in already stays in. You can undo it, or go on with the same file later.</Trans></p>}
      <div className={styles.actions}>
        <Button isPending={isCancelling} onPress={() => void cancel()}>{isCancelling ? <Trans>Cancelling…</Trans> : <Trans>Cancel</Trans>}</Button>
      </div>
    </section>
  )
}

function Step({ isWriting, progress, percent }: Omit<ProgressProps, 'isCancelling'> & { percent: number }) {
  const format = useFormat()
  if (isWriting && progress) {
    const [done, total] = [format.count(progress.done), format.count(progress.total)]
    return <Trans>{done} of {total} rows are in.</Trans>
  }
  if (isWriting) return <Trans>The import begins.</Trans>
  if (!progress) return <Trans>Choose the file in the box of the system.</Trans>
  return progress.step === 'reading' ? <Trans>The file is being read: {percent}%</Trans> : <Trans>Looking for what is there already: {percent}%</Trans>
}
