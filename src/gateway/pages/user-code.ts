/** RFC 8628 §6.1: twenty letters without vowels. */
const form = /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/

/** The code as it was given out, `WDJB-MJHT`, however it was typed; null where it cannot be one. */
export function readUserCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '')
  return form.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null
}

export function devicePath(userCode: string): string {
  return `/device?code=${userCode}`
}

/** The code of the screen that somebody means to sign in on, once they have signed in here. */
export function userCodeOf(path: string | undefined): string | null {
  return path?.startsWith('/device?code=') ? readUserCode(path.slice('/device?code='.length)) : null
}
