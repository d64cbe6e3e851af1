/** The words of the questions about the household, in the languages of the pages. */
import type { Language } from '../../contract/ipc/status.ts'
import { isMinor, type Role } from '../../domain/roles.ts'
import type { Question } from '../ports/ask-person.ts'
import { controlWords } from './control-words.ts'

interface HouseholdWords {
  readonly addMinor: (name: string, as: string) => Omit<Question, 'cancel'>
  readonly addGrownUp: (name: string, as: string) => Omit<Question, 'cancel'>
  readonly rename: (before: string, after: string) => Omit<Question, 'cancel'>
  readonly ownPin: Omit<Question, 'cancel'>
  readonly pinFor: (name: string) => Omit<Question, 'cancel'>
  readonly secondFactor: Omit<Question, 'cancel'>
  readonly joins: (as: string) => string
  readonly asksEachTime: string
  readonly spends: (amount: string) => string
}

const en: HouseholdWords = {
  addMinor: (name, as) => ({
    title: 'Add a member',
    message: `Add ${name} as ${as}?`,
    detail: 'They start with nothing to spend: until you set a limit for them, they ask a guardian for each purchase. Next, a PIN is chosen for them.',
    confirm: 'Add',
  }),
  addGrownUp: (name, as) => ({
    title: 'Add a member',
    message: `Add ${name} as ${as}? Not yet: it takes 24 hours and a second yes.`,
    detail: 'In 24 hours you can say yes a second time, and then they are there. Without a second yes within 7 days from now nothing changes.',
    confirm: 'Ask for it',
  }),
  rename: (before, after) => ({
    title: 'Change a name',
    message: `Call ${before} ${after} from now on?`,
    detail: 'What they bought and what was decided for them stays theirs. The name stays on this computer.',
    confirm: 'Change the name',
  }),
  ownPin: {
    title: 'Change your PIN',
    message: 'Choose a new PIN for yourself?',
    detail: 'Type the PIN that counts now. Next, you choose the new one.',
    confirm: 'Go on',
  },
  pinFor: (name) => ({
    title: 'Set a PIN',
    message: `Have a new PIN chosen for ${name}?`,
    detail: 'The PIN that they may have now no longer counts then.',
    confirm: 'Go on',
  }),
  secondFactor: {
    title: 'Set up your second factor',
    message: 'Set up a new authenticator for yourself?',
    detail: 'You get a new code to scan and new recovery codes. Earlier ones no longer count then. If your authenticator is lost, type a recovery code.',
    confirm: 'Go on',
  },
  joins: (as) => `Joins as ${as}.`,
  asksEachTime: 'Asks a guardian for each purchase.',
  spends: (amount) => `Spends up to ${amount} a week without asking.`,
}

const de: HouseholdWords = {
  addMinor: (name, as) => ({
    title: 'Mitglied hinzufügen',
    message: `${name} als ${as} hinzufügen?`,
    detail:
      'Am Anfang gibt es nichts auszugeben: Bis du eine Grenze setzt, wird für jeden Kauf eine Aufsichtsperson gefragt. Als Nächstes wird eine PIN gewählt.',
    confirm: 'Hinzufügen',
  }),
  addGrownUp: (name, as) => ({
    title: 'Mitglied hinzufügen',
    message: `${name} als ${as} hinzufügen? Noch nicht: Das braucht 24 Stunden und ein zweites Ja.`,
    detail: 'In 24 Stunden kannst du ein zweites Mal Ja sagen, und dann gilt es. Ohne zweites Ja binnen 7 Tagen ab jetzt ändert sich nichts.',
    confirm: 'Beantragen',
  }),
  rename: (before, after) => ({
    title: 'Namen ändern',
    message: `${before} von jetzt an ${after} nennen?`,
    detail: 'Käufe und Entscheidungen bleiben, wie sie sind. Der Name bleibt auf diesem Computer.',
    confirm: 'Namen ändern',
  }),
  ownPin: {
    title: 'Deine PIN ändern',
    message: 'Eine neue PIN für dich wählen?',
    detail: 'Gib die PIN ein, die jetzt gilt. Als Nächstes wählst du die neue.',
    confirm: 'Weiter',
  },
  pinFor: (name) => ({
    title: 'PIN setzen',
    message: `Eine neue PIN für ${name} wählen lassen?`,
    detail: 'Eine PIN, die es jetzt vielleicht gibt, gilt dann nicht mehr.',
    confirm: 'Weiter',
  }),
  secondFactor: {
    title: 'Zweiten Faktor einrichten',
    message: 'Eine neue Authenticator-App für dich einrichten?',
    detail:
      'Du bekommst einen neuen Code zum Scannen und neue Wiederherstellungscodes. Frühere gelten dann nicht mehr. Ist deine App verloren, gib einen Wiederherstellungscode ein.',
    confirm: 'Weiter',
  },
  joins: (as) => `Kommt als ${as} dazu.`,
  asksEachTime: 'Fragt für jeden Kauf eine Aufsichtsperson.',
  spends: (amount) => `Gibt ohne zu fragen bis zu ${amount} pro Woche aus.`,
}

const words: Readonly<Record<Language, HouseholdWords>> = { en, de }

/**
 * What somebody is going to be in the household, in a sentence or two. `weekly` is what they may spend in a week without asking, as a
 * person reads it; null where no amount was given.
 */
export function roleSentence(language: Language, role: Role, weekly: string | null): string {
  const { joins, asksEachTime, spends } = words[language]
  const joinsAs = joins(controlWords[language].roles[role])
  if (weekly !== null) return `${joinsAs} ${spends(weekly)}`
  return isMinor(role) ? `${joinsAs} ${asksEachTime}` : joinsAs
}

/** The questions about the household, in the language of the pages. */
export function householdQuestions(language: Language) {
  const { cancel, roles } = controlWords[language]
  const { addMinor, addGrownUp, rename, ownPin, pinFor, secondFactor } = words[language]
  return {
    add: (name: string, role: Role, isLater: boolean): Question => ({ ...(isLater ? addGrownUp : addMinor)(name, roles[role]), cancel, wantsCode: true }),
    rename: (before: string, after: string): Question => ({ ...rename(before, after), cancel }),
    ownPin: (wantsCode: boolean): Question => ({ ...ownPin, cancel, ...(wantsCode && { wantsCode }) }),
    pinFor: (name: string): Question => ({ ...pinFor(name), cancel, wantsCode: true }),
    secondFactor: (wantsCode: boolean): Question => ({ ...secondFactor, cancel, ...(wantsCode && { wantsCode }) }),
  }
}
