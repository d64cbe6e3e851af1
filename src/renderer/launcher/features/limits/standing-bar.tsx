import type { Standing } from '../../../../contract/ipc/controls.ts'
import styles from './standings.module.css'

/** So many hundredths of a per cent of the cap, at most all of it. Amounts stay whole numbers up to here. */
function basisPoints(amount: string, cap: string): bigint {
  if (cap === '0') return amount === '0' ? 0n : 10_000n
  const share = (BigInt(amount) * 10_000n) / BigInt(cap)
  return share > 10_000n ? 10_000n : share
}

const width = (points: bigint) => ({ inlineSize: `${Number(points) / 100}%` })

export type Fullness = 'room' | 'near' | 'full' | 'over'

/** From how much of a limit on it is near its end, in per cent. */
const nearPercent = 80n

export function fullnessOf({ amount, left }: Pick<Standing, 'amount' | 'left'>): Fullness {
  const room = BigInt(left)
  const cap = BigInt(amount)
  if (room < 0n) return 'over'
  if (room === 0n) return 'full'
  return (cap - room) * 100n >= cap * nearPercent ? 'near' : 'room'
}

/** Spent, reserved and left as lengths. Repeats what the numbers beside it say, so it is not read out. */
export function StandingBar({ standing }: { standing: Standing }) {
  const { spent, reserved, amount } = standing
  const spentPoints = basisPoints(spent, amount)
  const reservedPoints = basisPoints(reserved, amount)
  const room = 10_000n - spentPoints
  return (
    <div className={`${styles.bar} ${styles[fullnessOf(standing)]}`} aria-hidden>
      <span className={styles.spent} style={width(spentPoints)} />
      <span className={styles.reserved} style={width(reservedPoints > room ? room : reservedPoints)} />
    </div>
  )
}
