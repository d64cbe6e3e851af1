/** How much light margin a QR code has on each side, in modules (ISO/IEC 18004). */
export const quietZone = 4

/** The dark modules as one SVG path, a bar for each run of them within a row. */
export function qrPath(rows: readonly string[]): string {
  return rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index + quietZone} ${y + quietZone}h${run.length}v1h-${run.length}z`),
    )
    .join('')
}
