import type { Answer, Handler, MemberVisit, Visit } from './visit.ts'

type MemberHandler = (visit: MemberVisit) => Promise<Answer> | Answer

/** Whoever is not signed in does so first, and then comes back to this page. */
export function members(handle: MemberHandler): Handler {
  return (visit) => (isMember(visit) ? handle(visit) : askToSignIn(visit, visit.path))
}

/** `next` is one of our own paths. What the person is in the middle of elsewhere goes on. */
export function askToSignIn({ journey }: Visit, next: string): Answer {
  const { typed: _typed, notice: _notice, ...rest } = journey
  return { kind: 'goTo', path: '/account/sign-in', journey: { ...rest, next } }
}

/** Whoever has shown both factors too long ago does so once more, and then comes back to this page. */
export function freshMembers(handle: MemberHandler): Handler {
  return members((visit) => (visit.signedIn.isFresh ? handle(visit) : askAgain(visit)))
}

/** What is not secret of what was typed is still there afterwards. */
export function askAgain({ path, fields, journey }: Visit): Answer {
  const typed = Object.fromEntries(Object.entries(fields).filter(([name]) => kept.has(name)))
  const { notice: _notice, typed: _typed, ...rest } = journey
  return { kind: 'goTo', path: '/account/confirm', journey: { ...rest, next: path, ...(Object.keys(typed).length > 0 && { typed }) } }
}

const kept = new Set(['name', 'phone', 'amount', 'email'])

/** What was typed before the person had to show once more who they are. */
export function typedBefore({ journey }: Visit, name: string): string | undefined {
  return journey.typed?.[name]
}

function isMember(visit: Visit): visit is MemberVisit {
  return visit.signedIn !== null
}
