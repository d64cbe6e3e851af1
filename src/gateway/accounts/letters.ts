/**
 * Everything that the gateway writes to people about their account, in English and German. Plain text: what happened, when, from where,
 * and what to do if it was not them. No link signs in, and nothing that a stranger typed is in it.
 */
import type { Letter, TextMessage } from '../outbox/post.ts'
import { callerWords } from './caller-words.ts'
import type { Caller, SecurityEventKind } from './identity.ts'

export type Language = Caller['language']
export type CodeUse = 'signUp' | 'signIn' | 'secondFactor' | 'phone' | 'stepUp'

interface Words {
  readonly subject: string
  readonly text: string
}
type InBoth = Readonly<Record<Language, string>>

const codeUses: Readonly<Record<CodeUse, InBoth>> = {
  signUp: { en: 'to make your account', de: 'für dein neues Konto' },
  signIn: { en: 'to sign in', de: 'zum Anmelden' },
  secondFactor: { en: 'to finish signing in', de: 'zum Abschließen der Anmeldung' },
  phone: { en: 'to add this phone number to your account', de: 'für diese Telefonnummer in deinem Konto' },
  stepUp: { en: 'to confirm what the window of Tuppence shows', de: 'zum Bestätigen dessen, was das Fenster von Tuppence zeigt' },
}

const advice = {
  signOut: {
    en: 'If it was not you, somebody else can get into your account: open {account}, choose a new password and sign out everywhere.',
    de: 'Wenn du das nicht warst, kommt jemand anderes in dein Konto: Öffne {account}, wähle ein neues Passwort und melde dich überall ab.',
  },
  guessed: {
    en: 'If it was not you, somebody is guessing: nobody got in. A second factor makes guessing useless: {account}',
    de: 'Wenn du das nicht warst, rät jemand: Hineingekommen ist niemand. Mit einem zweiten Faktor ist Raten zwecklos: {account}',
  },
  copied: {
    en: 'Sign in on it again. If you have not copied or restored anything there, somebody else had its sign-in: open {account} and look at the list of your devices.',
    de: 'Melde dich dort neu an. Wenn du dort nichts kopiert oder wiederhergestellt hast, hatte jemand anderes die Anmeldung: Öffne {account} und sieh dir die Liste deiner Geräte an.',
  },
  nobody: {
    en: 'If it was not you, you need do nothing: nobody got in.',
    de: 'Wenn du das nicht warst, musst du nichts tun: Hineingekommen ist niemand.',
  },
  ended: {
    en: 'If it was not you, somebody was at a device or browser of yours: nobody got in by it. Look at the list of your devices: {account}',
    de: 'Wenn du das nicht warst, war jemand an einem Gerät oder Browser von dir: Hineingekommen ist dadurch niemand. Sieh dir die Liste deiner Geräte an: {account}',
  },
  none: { en: 'If it was not you, tell whoever runs this service.', de: 'Wenn du das nicht warst, sag es dem Betreiber dieses Dienstes.' },
} as const

/** What happened, and what to do about it. */
const events: Readonly<Record<SecurityEventKind, readonly [en: string, de: string, then: keyof typeof advice]>> = {
  accountCreated: ['Your account was made', 'Dein Konto wurde angelegt', 'signOut'],
  signedIn: ['Somebody signed in to your account', 'Jemand hat sich in deinem Konto angemeldet', 'signOut'],
  signInFailed: ['Somebody could not sign in to your account', 'Jemand konnte sich in deinem Konto nicht anmelden', 'guessed'],
  lockedOut: ['Too many wrong tries: your account takes no more for a while', 'Zu viele falsche Versuche: Dein Konto nimmt eine Weile keine mehr an', 'guessed'],
  signedOut: ['You signed out', 'Du hast dich abgemeldet', 'ended'],
  signedOutEverywhere: ['You were signed out everywhere', 'Du wurdest überall abgemeldet', 'signOut'],
  deviceSignedIn: ['A device was signed in to your account', 'Ein Gerät wurde in deinem Konto angemeldet', 'signOut'],
  deviceSignedOut: ['A device was signed out of your account', 'Ein Gerät wurde von deinem Konto abgemeldet', 'signOut'],
  deviceDenied: ['A device was not let into your account', 'Ein Gerät wurde nicht in dein Konto gelassen', 'nobody'],
  tokenReused: [
    'A device was signed out because somebody may have copied its sign-in',
    'Ein Gerät wurde abgemeldet, weil jemand seine Anmeldung kopiert haben könnte',
    'copied',
  ],
  passwordChanged: ['Your password was changed', 'Dein Passwort wurde geändert', 'signOut'],
  passwordReset: ['Your password was set anew by a link in a mail', 'Dein Passwort wurde über einen Link in einer Mail neu gesetzt', 'signOut'],
  resetRequested: ['A link to set your password anew was sent to you', 'Dir wurde ein Link zum Neusetzen deines Passworts geschickt', 'nobody'],
  secondFactorAdded: ['A second factor was added to your account', 'Deinem Konto wurde ein zweiter Faktor hinzugefügt', 'signOut'],
  secondFactorRemoved: ['A second factor was removed from your account', 'Von deinem Konto wurde ein zweiter Faktor entfernt', 'signOut'],
  passkeyAdded: ['A passkey was added to your account', 'Deinem Konto wurde ein Passkey hinzugefügt', 'signOut'],
  passkeyRemoved: ['A passkey was removed from your account', 'Von deinem Konto wurde ein Passkey entfernt', 'signOut'],
  recoveryCodesMade: ['New recovery codes were made; the old ones are good no more', 'Neue Wiederherstellungscodes wurden erstellt; die alten gelten nicht mehr', 'signOut'],
  recoveryCodeUsed: ['One of your recovery codes was used', 'Einer deiner Wiederherstellungscodes wurde benutzt', 'signOut'],
  stepUpGiven: ['Your second factor confirmed something on a device', 'Dein zweiter Faktor hat auf einem Gerät etwas bestätigt', 'signOut'],
  stepUpFailed: ['A wrong code was given on a device of yours', 'Auf einem deiner Geräte wurde ein falscher Code eingegeben', 'signOut'],
  stepUpAmountChanged: [
    'The amount from which you are asked for a second factor was changed',
    'Der Betrag, ab dem du nach einem zweiten Faktor gefragt wirst, wurde geändert',
    'signOut',
  ],
  nameChanged: ['The name of your account was changed', 'Der Name deines Kontos wurde geändert', 'signOut'],
  dataDownloaded: ['The data of your account was downloaded', 'Die Daten deines Kontos wurden heruntergeladen', 'signOut'],
  accountDeleted: ['Your account was deleted', 'Dein Konto wurde gelöscht', 'none'],
  signUpTried: [
    'Somebody tried to make an account with your address, which has one already',
    'Jemand wollte mit deiner Adresse ein Konto anlegen, die schon eines hat',
    'nobody',
  ],
  messageNotSent: ['A message to you could not be sent', 'Eine Nachricht an dich konnte nicht verschickt werden', 'nobody'],
}

export interface Occasion {
  /** Milliseconds since the epoch. */
  readonly atMs: number
  readonly caller: Caller
  /** Where the account is looked after: origin of the gateway, as it is configured. */
  readonly origin: string
}

export function eventLetter(to: string, kind: SecurityEventKind, language: Language, occasion: Occasion): Letter {
  const [en, de, then] = events[kind]
  const happened = { en, de }[language]
  const hint = advice[then][language].replace('{account}', `${occasion.origin}/account`)
  return letter(to, language, { subject: happened, text: `${happened}.\n\n${circumstances(language, occasion)}\n\n${hint}` })
}

export function codeLetter(to: string, code: string, use: CodeUse, language: Language, occasion: Occasion): Letter {
  const purpose = codeUses[use][language]
  const words: Readonly<Record<Language, Words>> = {
    en: {
      subject: `Your code ${purpose}`,
      text: `Your code ${purpose}:\n\n${code}\n\nIt is good for five minutes and once. Nobody from Tuppence will ever ask you for it.\n\n${circumstances('en', occasion)}\n\nIf you did not ask for it, do not pass it on: without it nobody gets in.`,
    },
    de: {
      subject: `Dein Code ${purpose}`,
      text: `Dein Code ${purpose}:\n\n${code}\n\nEr gilt fünf Minuten lang und einmal. Niemand von Tuppence wird dich je danach fragen.\n\n${circumstances('de', occasion)}\n\nWenn du ihn nicht angefordert hast, gib ihn nicht weiter: Ohne ihn kommt niemand hinein.`,
    },
  }
  return letter(to, language, words[language])
}

export function codeText(to: string, code: string, use: CodeUse, language: Language): TextMessage {
  const purpose = codeUses[use][language]
  const text = {
    en: `${code} is your Tuppence code ${purpose}. Good for 5 minutes. Give it to nobody.`,
    de: `${code} ist dein Tuppence-Code ${purpose}. Gilt 5 Minuten. Gib ihn niemandem.`,
  }
  return { to, text: text[language] }
}

/** The link sets a password once within 20 minutes, and signs nobody in. */
export function resetLetter(to: string, token: string, language: Language, occasion: Occasion): Letter {
  const link = `${occasion.origin}/account/reset?token=${token}`
  const words: Readonly<Record<Language, Words>> = {
    en: {
      subject: 'Set your password anew',
      text: `Somebody asked to set the password of your account anew. If it was you, open this link within 20 minutes; it is good once:\n\n${link}\n\n${circumstances('en', occasion)}\n\n${advice.nobody.en}`,
    },
    de: {
      subject: 'Passwort neu setzen',
      text: `Jemand möchte das Passwort deines Kontos neu setzen. Wenn du das warst, öffne innerhalb von 20 Minuten diesen Link; er gilt einmal:\n\n${link}\n\n${circumstances('de', occasion)}\n\n${advice.nobody.de}`,
    },
  }
  return letter(to, language, words[language])
}

function letter(to: string, language: Language, { subject, text }: Words): Letter {
  const end = { en: 'This mail holds no link that signs you in.', de: 'In dieser Mail ist kein Link, der dich anmeldet.' }
  return { to, subject: `Tuppence: ${subject}`, text: `${text}\n\n${end[language]}\n` }
}

function circumstances(language: Language, { atMs, caller }: Occasion): string {
  const when = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(atMs)
  const { program, system } = callerWords(caller.userAgent)
  const words = {
    en: { when: 'When', from: 'From', with: 'With', on: 'on', unknown: 'a program that we do not know' },
    de: { when: 'Wann', from: 'Von', with: 'Mit', on: 'auf', unknown: 'einem Programm, das wir nicht kennen' },
  }[language]
  const used = program === null ? words.unknown : [program, ...(system === null ? [] : [words.on, system])].join(' ')
  return `${words.when}: ${when} UTC\n${words.from}: ${caller.ip}\n${words.with}: ${used}`
}
