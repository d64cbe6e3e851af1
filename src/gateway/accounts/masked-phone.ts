/** The last two digits of a number. */
export function maskedPhone(phone: string): string {
  return `…${phone.slice(-2)}`
}
