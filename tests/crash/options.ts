/** The number that an option was given. Throws with words for the person who typed it. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value
  throw new Error(`${option} takes a whole number, not "${text}"`)
}
