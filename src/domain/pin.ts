/** Which PINs a member may choose. */

/** Whether this can be a PIN at all: 4 to 12 ASCII digits. Digits of other scripts look the same and are other characters. */
export function isPossiblePin(pin: string): boolean {
  return /^[0-9]{4,12}$/.test(pin)
}

/**
 * What speaks against choosing this PIN, or null. `length` also stands for anything but digits. Too easy is what somebody
 * who wants in tries first, before a lock-out stops them: one digit or one pair of digits over and over (`1111`, `1212`),
 * and digits that count up or down, from 9 on to 0 as well (`1234`, `3210`, `7890`).
 */
export function pinFault(pin: string): 'length' | 'tooEasy' | null {
  if (!isPossiblePin(pin)) return 'length'
  return isRepeated(pin) || countsBy(1, pin) || countsBy(9, pin) ? 'tooEasy' : null
}

const isRepeated = (pin: string) => /^(\d{1,2})\1+$/.test(pin)

/** Whether each digit is the one before it plus `step`, modulo 10. By 9 is down by one. */
const countsBy = (step: number, pin: string) => pin.split('').every((digit, at) => at === 0 || Number(digit) === (Number(pin[at - 1]) + step) % 10)
