import styles from './qr-code.module.css'
import { qrPath, quietZone } from './qr-path.ts'

interface QrCodeProps {
  readonly rows: readonly string[]
  readonly label: string
  /** For each module: a whole number, so that all are of one size. */
  readonly modulePx?: number
}

/** Dark on white in both themes, as cameras want it. */
export function QrCode({ rows, label, modulePx = 4 }: QrCodeProps) {
  const modules = rows.length + 2 * quietZone
  return (
    <svg
      className={styles.qr}
      role="img"
      aria-label={label}
      width={modules * modulePx}
      height={modules * modulePx}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={qrPath(rows)} fill="#000" />
    </svg>
  )
}
