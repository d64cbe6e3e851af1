import { Plural, Trans } from '@lingui/react/macro'
import { useEffect, useId, useRef } from 'react'
import { PlainButton } from '../../../ui/plain-button.tsx'
import { useFeature } from '../../app/stores.ts'
import styles from './kiosk.module.css'

/** Asks whether somebody is still there. Any touch is an answer, and so is the button. */
export function TurnWarning() {
  const leftMs = useFeature('kiosk', ({ view }) => (view?.kind === 'on' ? view.leftMs : null))
  return leftMs === null ? null : <Warning leftMs={leftMs} />
}

function Warning({ leftMs }: { leftMs: number }) {
  const [titleId, textId] = [useId(), useId()]
  const touch = useFeature('kiosk', (state) => state.touch)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const before = document.activeElement
    button.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const seconds = Math.ceil(leftMs / 1_000)
  return (
    <div className={styles.shade}>
      <div className={styles.warning} role="alertdialog" aria-modal aria-labelledby={titleId} aria-describedby={textId}>
        <h2 id={titleId}><Trans>Are you still there?</Trans></h2>
        <p className={styles.count} aria-hidden>{seconds}</p>
        <p id={textId}>
          <Plural value={seconds} one="In # second everything here is cleared for the next person." other="In # seconds everything here is cleared for the next person." />
        </p>
        <PlainButton ref={button} look="answer" className={styles.big ?? ''} onClick={touch}><Trans>I’m still here</Trans></PlainButton>
      </div>
    </div>
  )
}
