/** An amount of any currency in major units, typed with a point or a comma. Null for nothing, undefined for what is no amount. */
export function decimalIn(text: string): string | null | undefined {
  const plain = text.trim().replace(',', '.').replace(/(?<=\d)\.$/, '')
  if (plain === '') return null
  return /^\d{1,15}(\.\d{1,4})?$/.test(plain) ? plain : undefined
}
