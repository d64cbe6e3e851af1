import type { Language } from '../../../../contract/ipc/status.ts'

/** The rows of letters and digits, as keyboards of that language have them. */
export const keyboardRows: Readonly<Record<Language, readonly string[]>> = {
  en: ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm-.'],
  de: ['1234567890ß', 'qwertzuiopü', 'asdfghjklöä', 'yxcvbnm-.'],
}
