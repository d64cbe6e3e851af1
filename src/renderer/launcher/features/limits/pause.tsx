import { Plural, Trans } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import styles from './change-review.module.css'

const tickMs = 250
const radius = 8
const around = 2 * Math.PI * radius

/** How much of the pause for reflection is left, in milliseconds; 0 once it is over. */
export function usePause(untilMs: number): number {
  const [nowMs, setNowMs] = useState(() => performance.now())
  const isOver = nowMs >= untilMs
  useEffect(() => {
    if (isOver) return undefined
    const timer = setInterval(() => setNowMs(performance.now()), tickMs)
    return () => clearInterval(timer)
  }, [isOver])
  return Math.max(0, untilMs - nowMs)
}

/** How long the longest pause is, for the drawing only. */
const wholeMs = 30_000

/** The pause as a circle that fills. The seconds beside it are not spoken each time: that would be pressing. */
export function Pause({ leftMs }: { leftMs: number }) {
  const done = Math.min(1, Math.max(0, 1 - leftMs / wholeMs))
  const seconds = Math.ceil(leftMs / 1000)
  return (
    <p className={styles.pause}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden>
        <circle cx="10" cy="10" r={radius} className={styles.track} />
        <circle cx="10" cy="10" r={radius} className={styles.progress} strokeDasharray={`${done * around} ${around}`} />
      </svg>
      {leftMs > 0
        ? <Plural value={seconds} one="You can ask for it in # second." other="You can ask for it in # seconds." />
        : <Trans>You can ask for it now.</Trans>}
    </p>
  )
}
