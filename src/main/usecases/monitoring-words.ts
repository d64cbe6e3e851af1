/** The questions that main asks before it freezes buying and before it ends that: what happens, and what does not. */
import type { Language } from '../../contract/ipc/status.ts'
import type { Question } from '../ports/ask-person.ts'

export interface MonitoringStyle {
  readonly language: Language
}

interface About {
  /** What was bought. */
  readonly item: string
  readonly payee: string
  /** Of whom, where it is somebody else than whoever answers. */
  readonly name: string | null
}

interface Words {
  readonly me: (about: About) => Question
  readonly notMe: (about: About) => Question
  readonly thaw: (name: string | null) => Omit<Question, 'wantsCode'>
}

const en: Words = {
  me: ({ item, payee, name }) => ({
    title: 'This was me',
    message: name === null ? `Say that it was you who bought ${item} at ${payee}?` : `Say that it was ${name} who bought ${item} at ${payee}?`,
    detail: 'It looked like somebody else’s. Purchases like this will look less wrong from now on.',
    confirm: name === null ? 'It was me' : 'It was them',
    cancel: 'Cancel',
  }),
  notMe: ({ item, payee, name }) => ({
    title: 'This was not me',
    message: name === null ? `Say that it was not you who bought ${item} at ${payee}?` : `Say that it was not ${name} who bought ${item} at ${payee}?`,
    detail:
      'Nothing more is bought on this computer from now on, until somebody who can show who they are says so. If this computer is signed in to an account, all devices of the account are signed out. Then you see what was bought since, and can dispute each of it. No money moves by this alone.',
    confirm: name === null ? 'It was not me' : 'It was somebody else',
    cancel: 'Cancel',
  }),
  thaw: (name) => ({
    title: 'Buy again',
    message: name === null ? 'Have buying go on on this computer?' : `Have buying go on for ${name} on this computer?`,
    detail: 'Buying was frozen because a purchase was said to be somebody else’s. Every purchase is asked about as before. Say yes only if nobody else can buy in your name any more.',
    confirm: 'Buy again',
    cancel: 'Cancel',
  }),
}

const de: Words = {
  me: ({ item, payee, name }) => ({
    title: 'Das war ich',
    message: name === null ? `Sagen, dass du ${item} bei ${payee} gekauft hast?` : `Sagen, dass ${name} ${item} bei ${payee} gekauft hat?`,
    detail: 'Es sah aus, als wäre es jemand anders gewesen. Solche Käufe fallen ab jetzt weniger auf.',
    confirm: name === null ? 'Das war ich' : 'Das stimmt',
    cancel: 'Abbrechen',
  }),
  notMe: ({ item, payee, name }) => ({
    title: 'Das war ich nicht',
    message: name === null ? `Sagen, dass nicht du ${item} bei ${payee} gekauft hast?` : `Sagen, dass nicht ${name} ${item} bei ${payee} gekauft hat?`,
    detail:
      'Ab jetzt wird auf diesem Computer nichts mehr gekauft, bis jemand das aufhebt und dabei zeigt, wer er ist. Ist dieser Computer bei einem Konto angemeldet, werden alle Geräte des Kontos abgemeldet. Dann siehst du, was seitdem gekauft wurde, und kannst jedes davon beanstanden. Dadurch allein bewegt sich kein Geld.',
    confirm: name === null ? 'Das war ich nicht' : 'Das war jemand anders',
    cancel: 'Abbrechen',
  }),
  thaw: (name) => ({
    title: 'Wieder kaufen',
    message: name === null ? 'Auf diesem Computer wieder kaufen?' : `${name} auf diesem Computer wieder kaufen lassen?`,
    detail: 'Kaufen wurde eingefroren, weil ein Kauf von jemand anderem gewesen sein soll. Nach jedem Kauf wird gefragt wie zuvor. Sag nur Ja, wenn niemand sonst mehr in deinem Namen kaufen kann.',
    confirm: 'Wieder kaufen',
    cancel: 'Abbrechen',
  }),
}

const words: Readonly<Record<Language, Words>> = { en, de }

export const meQuestion = ({ language }: MonitoringStyle, about: About): Question => words[language].me(about)

export const notMeQuestion = ({ language }: MonitoringStyle, about: About): Question => words[language].notMe(about)

/** In a household a guardian says it with PIN and code. */
export function thawQuestion({ language }: MonitoringStyle, name: string | null, wantsCode: boolean): Question {
  return { ...words[language].thaw(name), ...(wantsCode && { wantsCode }) }
}
