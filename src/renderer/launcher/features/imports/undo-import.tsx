import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './imports.module.css'

interface UndoProps {
  readonly importId: string
  readonly rows: number
  readonly counts: boolean
}

/** Asks once, in its place, and says what undoing does and what it does not. */
export function UndoButton(props: UndoProps) {
  const [isAsking, setIsAsking] = useState(false)
  const isUndone = useFeature('imports', ({ list }) => list.kind === 'ok' && list.imports.some(({ importId, undoneAt }) => importId === props.importId && undoneAt !== null))
  if (isUndone) return <p className={styles.quiet}><Trans>Undone</Trans></p>
  if (!isAsking) return <Button onPress={() => setIsAsking(true)}><Trans>Undo this import…</Trans></Button>
  return <UndoQuestion {...props} onClose={() => setIsAsking(false)} />
}

function UndoQuestion({ importId, rows, counts, onClose }: UndoProps & { onClose: () => void }) {
  const undo = useFeature('imports', (state) => state.undo)
  const undoing = useFeature('imports', (state) => state.undoing)
  const { t } = useLingui()
  const here = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone.
  useEffect(() => here.current?.focus(), [])
  return (
    <div ref={here} className={styles.part} role="group" aria-label={t`Undo this import…`} tabIndex={-1}>
      <p>
        <Plural value={rows} one="Its # row leaves your history, totals and exports." other="All its # rows leave your history, totals and exports." />{' '}
        {counts && <Trans>What it counted towards limits stays counted until its day, week or month is over.</Trans>}
      </p>
      <div className={styles.actions}>
        <Button look="answer" isPending={undoing === importId} isDisabled={undoing !== null} onPress={() => void undo(importId)}>
          {undoing === importId ? <Trans>Undoing…</Trans> : <Trans>Undo</Trans>}
        </Button>
        <Button look="quiet" isDisabled={undoing === importId} onPress={onClose}><Trans>Keep it</Trans></Button>
      </div>
    </div>
  )
}
