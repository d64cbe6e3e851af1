import type { SecurityEvent, SecurityEventKind } from '../accounts/identity.ts'
import { browserWords } from './browser-words.ts'
import type { Words } from './words/english.ts'

export const eventGroups = ['signIn', 'devices', 'protection', 'account'] as const
export type EventGroup = (typeof eventGroups)[number]

const groupOf: Readonly<Record<SecurityEventKind, EventGroup>> = {
  accountCreated: 'account',
  signedIn: 'signIn',
  signInFailed: 'signIn',
  lockedOut: 'signIn',
  signedOut: 'signIn',
  signedOutEverywhere: 'devices',
  deviceSignedIn: 'devices',
  deviceSignedOut: 'devices',
  deviceDenied: 'devices',
  tokenReused: 'devices',
  passwordChanged: 'protection',
  passwordReset: 'protection',
  resetRequested: 'protection',
  secondFactorAdded: 'protection',
  secondFactorRemoved: 'protection',
  passkeyAdded: 'protection',
  passkeyRemoved: 'protection',
  recoveryCodesMade: 'protection',
  recoveryCodeUsed: 'protection',
  stepUpGiven: 'account',
  stepUpFailed: 'account',
  stepUpAmountChanged: 'account',
  nameChanged: 'account',
  dataDownloaded: 'account',
  accountDeleted: 'account',
  signUpTried: 'account',
  messageNotSent: 'account',
}

/** Those of a group in whose words everything that was typed stands. */
export function findEvents(events: readonly SecurityEvent[], words: Words, { group, text }: { readonly group: string; readonly text: string }): readonly SecurityEvent[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  return events.filter(({ kind, ip, userAgent, at }) => {
    if (group !== '' && groupOf[kind] !== group) return false
    const said = [words.events.kinds[kind], ip, browserWords(words, userAgent), at].join(' ').toLowerCase()
    return wanted.every((word) => said.includes(word))
  })
}
