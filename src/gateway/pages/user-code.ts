import { readUserCode } from '../oauth/user-code.ts'

export function devicePath(userCode: string): string {
  return `/device?code=${userCode}`
}

/** The code of the screen that somebody means to sign in on, once they have signed in here. */
export function userCodeOf(path: string | undefined): string | null {
  return path?.startsWith('/device?code=') ? readUserCode(path.slice('/device?code='.length)) : null
}
