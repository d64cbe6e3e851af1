import { create } from 'qrcode'
import { type Html, html } from './html.ts'

/** Light margin on each side, in modules (ISO/IEC 18004). */
const quietZone = 4

/** A QR code as a picture in the page itself, dark on light whatever the page's colours are, because not every reader takes the inverse. */
export function qrSvg(text: string, label: string): Html {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const side = size + 2 * quietZone
  const rows = Array.from({ length: size }, (_, y) => [...data.subarray(y * size, (y + 1) * size)].map((dark) => (dark ? '1' : '0')).join(''))
  const path = rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index + quietZone} ${y + quietZone}h${run.length}v1h-${run.length}z`))
    .join('')
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" width="240" height="240" shape-rendering="crispEdges">
    <rect width="${side}" height="${side}" fill="#ffffff"/><path d="${path}" fill="#000000"/></svg>`
}
