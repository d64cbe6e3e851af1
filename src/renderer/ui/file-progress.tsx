import { Trans } from '@lingui/react/macro'
import { Button } from './button.tsx'
import styles from './file-progress.module.css'
import { percentOf, Progress } from './progress.tsx'

interface FileProgressProps {
  readonly label: string
  /** Null while the box of the system asks where the file is to go. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly isCancelling: boolean
  readonly onCancel: () => void
}

/** A file that is being written, and the way out. */
export function FileProgress({ label, progress, isCancelling, onCancel }: FileProgressProps) {
  const percent = percentOf(progress)
  return (
    <div className={styles.running}>
      <p>{progress ? <Trans>The file is being written: {percent}%</Trans> : <Trans>Choose in the box of the system where the file is to go.</Trans>}</p>
      <Progress label={label} percent={percent} />
      <div>
        <Button isPending={isCancelling} onPress={onCancel}><Trans>Cancel</Trans></Button>
      </div>
    </div>
  )
}
