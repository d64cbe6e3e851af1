import { create } from 'qrcode'

/**
 * The modules of a text's QR code (ISO/IEC 18004): a row is a string with `1` for dark and `0` for light. Whoever draws it
 * adds the quiet zone of four modules. Level M restores 15 %, which is much for a screen. Throws for more than 2,331 bytes.
 */
export function qrModules(text: string): string[] {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  return Array.from({ length: size }, (_, row) => [...data.subarray(row * size, (row + 1) * size)].map((dark) => (dark ? '1' : '0')).join(''))
}
