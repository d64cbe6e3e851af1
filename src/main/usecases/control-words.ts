/** The words of the questions about controls, in the languages of the pages. */
import type { Language } from '../../contract/ipc/status.ts'
import type { Household, LimitPeriod } from '../../domain/controls.ts'
import type { ExclusionLength } from '../../domain/exclusion.ts'
import type { MonitoringLevel, MonitoringLevels } from '../../domain/monitoring.ts'
import type { Role } from '../../domain/roles.ts'
import type { Question } from '../ports/ask-person.ts'

export interface ControlWords {
  readonly cancel: string
  /** Names a limit within a sentence; `seller` is null for one on all sellers. */
  readonly limitName: (period: LimitPeriod, seller: string | null) => string
  /** Whom a change is about, before the sentence that says what it is; once the household has members. */
  readonly forMember: (name: string) => string
  readonly forHousehold: string
  readonly limitNew: (name: string, amount: string) => string
  readonly limitFromTo: (name: string, before: string, after: string) => string
  readonly limitGone: (name: string, before: string) => string
  readonly quietHours: (hours: string) => string
  readonly noQuietHours: string
  readonly hours: (day: string, from: string, to: string) => string
  readonly zone: (before: string, after: string) => string
  /** With its article where the language has one there. */
  readonly roles: Readonly<Record<Role, string>>
  readonly memberAs: (name: string, role: string) => string
  readonly memberComes: (name: string, role: string) => string
  readonly memberGoes: (name: string) => string
  readonly monitoring: (levels: MonitoringLevels) => string
  readonly begins: (household: Household) => string
  readonly tighten: Omit<Question, 'message' | 'cancel'>
  /** Instead of `tighten` where somebody's role becomes a younger one, or they leave. */
  readonly changeRole: Omit<Question, 'message' | 'cancel'>
  readonly removeMember: Omit<Question, 'message' | 'cancel'>
  readonly notYet: string
  readonly loosen: Omit<Question, 'message' | 'cancel'>
  readonly confirmLoosening: Omit<Question, 'message' | 'cancel'>
  readonly waiting: string
  readonly withdraw: Omit<Question, 'cancel'>
  readonly reminder: Omit<Question, 'message' | 'cancel'>
  readonly remindAfter: (count: number) => string
  readonly noReminder: string
  readonly lengths: Readonly<Record<ExclusionLength, string>>
  readonly exclude: Exclude
  readonly comeBack: Omit<Question, 'cancel'>
  /** What a guardian decides for a minor. */
  readonly excludeMember: (name: string) => Exclude
  readonly comeBackMember: (name: string) => Omit<Question, 'cancel'>
}

interface Exclude {
  readonly title: string
  readonly message: (length: string) => string
  readonly detail: (until: string) => string
  readonly confirm: string
}

const en: ControlWords = {
  cancel: 'Cancel',
  limitName: (period, seller) => `${limitsEn[period]}${seller === null ? '' : ` at ${seller}`}`,
  forMember: (name) => `For ${name}:`,
  forHousehold: 'For the whole household:',
  limitNew: (name, amount) => `Set the limit ${name} to ${amount}?`,
  limitFromTo: (name, before, after) => `Change the limit ${name} from ${before} to ${after}?`,
  limitGone: (name, before) => `Take away the limit ${name}, which is ${before}?`,
  quietHours: (hours) => `Have these quiet hours: ${hours}?`,
  noQuietHours: 'Have no quiet hours any more?',
  hours: (day, from, to) => `${day} ${from} to ${to}`,
  zone: (before, after) => `Count days, weeks and months by the time zone ${after} instead of ${before}?`,
  roles: { guardian: 'a guardian', adult: 'an adult', teen: 'a teen', child: 'a child' },
  memberAs: (name, role) => `Have ${name} be ${role} in this household?`,
  memberComes: (name, role) => `Let ${name} into this household as ${role}?`,
  memberGoes: (name) => `Remove ${name} from this household? What they bought stays in the history.`,
  monitoring: ({ takeover, burst }) => `Say something when somebody else seems to be spending: ${levelsEn[takeover]}; when you buy faster than usual: ${levelsEn[burst]}?`,
  begins: ({ zone, currency }) => `Limits are counted in ${currency}, and by the calendar of ${zone}. The currency stays.`,
  tighten: {
    title: 'Set a control',
    detail:
      'It acts at once, on all devices that pay from the same source. Making it less strict again takes 24 hours and a second yes.',
    confirm: 'Set it',
  },
  changeRole: {
    title: 'Change a role',
    detail: 'It acts at once, on all devices that pay from the same source. Going back takes 24 hours and a second yes.',
    confirm: 'Change role',
  },
  removeMember: {
    title: 'Remove a member',
    detail: 'It acts at once, on all devices that pay from the same source. They can no longer open a profile or buy.',
    confirm: 'Remove',
  },
  notYet: 'Not yet: it takes 24 hours and a second yes.',
  loosen: {
    title: 'Ask for less strict control',
    detail:
      'Until then what is set now stays in force. In 24 hours you can say yes a second time, and that is when it acts. Without a second yes within 7 days from now nothing changes.',
    confirm: 'Ask for it',
  },
  confirmLoosening: {
    title: 'Second yes',
    detail: 'The 24 hours are over. This is the second yes: the control is less strict from now on.',
    confirm: 'Yes, change it',
  },
  waiting: 'This is waiting for its second yes:',
  withdraw: {
    title: 'Withdraw a change',
    message: 'Withdraw the change that is waiting?',
    detail: 'What is set now stays in force. Asking for it again takes 24 hours again.',
    confirm: 'Withdraw it',
  },
  reminder: {
    title: 'Set the reminder',
    detail: 'The reminder is a line in the window that asks before a purchase. It stops nothing, and can be changed at any time.',
    confirm: 'Set it',
  },
  remindAfter: (count) =>
    count === 1 ? 'Be reminded from the second purchase within an hour on?' : `Be reminded once there were ${count} purchases within an hour?`,
  noReminder: 'Not be reminded any more of how many purchases there were within an hour?',
  lengths: {
    '24hours': '24 hours',
    '7days': '7 days',
    '30days': '30 days',
    '6months': '6 months',
    '1year': 'one year',
    '5years': '5 years',
  },
  exclude: {
    title: 'Exclude yourself from buying',
    message: (length) => `Buy nothing for ${length} from now on?`,
    detail: (until) =>
      `It lasts until ${until}. Nobody can end or shorten this before then: not you, not us, and not by installing Tuppence again. It can be made longer.\n\nWhen it is over you can say that you want to buy again; 24 hours after that, buying is possible. The store can be looked at and your history stays open all the time.`,
    confirm: 'Exclude me',
  },
  comeBack: {
    title: 'Buy again',
    message: 'Be able to buy again, in 24 hours?',
    detail: 'Your exclusion has ended. If you say yes, buying is possible 24 hours from now. If you do nothing, it stays closed.',
    confirm: 'Yes, in 24 hours',
  },
  excludeMember: (name) => ({
    title: 'Exclude somebody from buying',
    message: (length) => `Have ${name} buy nothing for ${length} from now on?`,
    detail: (until) =>
      `It lasts until ${until}. Nobody can end or shorten this before then: not they, not you, not us, and not by installing Tuppence again. It can be made longer.\n\nWhen it is over a guardian can say that they may buy again; 24 hours after that, buying is possible.`,
    confirm: 'Exclude them',
  }),
  comeBackMember: (name) => ({
    title: 'Buy again',
    message: `Let ${name} buy again, in 24 hours?`,
    detail: 'Their exclusion has ended. If you say yes, buying is possible for them 24 hours from now. If you do nothing, it stays closed.',
    confirm: 'Yes, in 24 hours',
  }),
}

const limitsEn: Readonly<Record<LimitPeriod, string>> = {
  purchase: 'for each purchase',
  day: 'for each day',
  week: 'for each week',
  month: 'for each month',
}

const levelsEn: Readonly<Record<MonitoringLevel, string>> = { often: 'early', usual: 'as usual', rarely: 'only when it is clear', off: 'never' }

const de: ControlWords = {
  cancel: 'Abbrechen',
  limitName: (period, seller) => `${limitsDe[period]}${seller === null ? '' : ` bei ${seller}`}`,
  forMember: (name) => `Für ${name}:`,
  forHousehold: 'Für den ganzen Haushalt:',
  limitNew: (name, amount) => `Die Grenze ${name} auf ${amount} setzen?`,
  limitFromTo: (name, before, after) => `Die Grenze ${name} von ${before} auf ${after} ändern?`,
  limitGone: (name, before) => `Die Grenze ${name} von ${before} aufheben?`,
  quietHours: (hours) => `Diese Ruhezeiten haben: ${hours}?`,
  noQuietHours: 'Keine Ruhezeiten mehr haben?',
  hours: (day, from, to) => `${day} ${from} bis ${to}`,
  zone: (before, after) => `Tage, Wochen und Monate nach der Zeitzone ${after} zählen statt nach ${before}?`,
  roles: { guardian: 'Aufsichtsperson', adult: 'erwachsene Person', teen: 'jugendliche Person', child: 'Kind' },
  memberAs: (name, role) => `${name} in diesem Haushalt als ${role} führen?`,
  memberComes: (name, role) => `${name} als ${role} in diesen Haushalt aufnehmen?`,
  memberGoes: (name) => `${name} aus diesem Haushalt entfernen? Die Käufe bleiben im Verlauf.`,
  monitoring: ({ takeover, burst }) => `Etwas sagen, wenn jemand anders zu kaufen scheint: ${levelsDe[takeover]}; wenn schneller gekauft wird als sonst: ${levelsDe[burst]}?`,
  begins: ({ zone, currency }) => `Grenzen zählen in ${currency} und nach dem Kalender von ${zone}. Die Währung bleibt.`,
  tighten: {
    title: 'Schutz einstellen',
    detail:
      'Das gilt sofort, auf allen Geräten, die aus derselben Quelle zahlen. Es wieder zu lockern dauert 24 Stunden und braucht ein zweites Ja.',
    confirm: 'Einstellen',
  },
  changeRole: {
    title: 'Rolle ändern',
    detail: 'Das gilt sofort, auf allen Geräten, die aus derselben Quelle zahlen. Der Weg zurück dauert 24 Stunden und braucht ein zweites Ja.',
    confirm: 'Rolle ändern',
  },
  removeMember: {
    title: 'Mitglied entfernen',
    detail: 'Das gilt sofort, auf allen Geräten, die aus derselben Quelle zahlen. Dann öffnet sich kein Profil mehr, und Kaufen geht nicht mehr.',
    confirm: 'Entfernen',
  },
  notYet: 'Noch nicht: Das dauert 24 Stunden und braucht ein zweites Ja.',
  loosen: {
    title: 'Lockerung beantragen',
    detail:
      'Bis dahin gilt, was jetzt eingestellt ist. In 24 Stunden kannst du ein zweites Mal Ja sagen, und erst dann gilt es. Ohne zweites Ja innerhalb von 7 Tagen ab jetzt ändert sich nichts.',
    confirm: 'Beantragen',
  },
  confirmLoosening: {
    title: 'Zweites Ja',
    detail: 'Die 24 Stunden sind vorbei. Das ist das zweite Ja: Ab jetzt gilt die Lockerung.',
    confirm: 'Ja, ändern',
  },
  waiting: 'Das wartet auf sein zweites Ja:',
  withdraw: {
    title: 'Änderung zurückziehen',
    message: 'Die wartende Änderung zurückziehen?',
    detail: 'Was jetzt eingestellt ist, gilt weiter. Sie wieder zu beantragen dauert wieder 24 Stunden.',
    confirm: 'Zurückziehen',
  },
  reminder: {
    title: 'Erinnerung einstellen',
    detail:
      'Die Erinnerung ist eine Zeile in dem Fenster, das vor einem Kauf fragt. Sie verhindert nichts und lässt sich jederzeit ändern.',
    confirm: 'Einstellen',
  },
  remindAfter: (count) =>
    count === 1 ? 'Ab dem zweiten Kauf innerhalb einer Stunde erinnert werden?' : `Erinnert werden, sobald es ${count} Käufe innerhalb einer Stunde gab?`,
  noReminder: 'Nicht mehr daran erinnert werden, wie viele Käufe es innerhalb einer Stunde gab?',
  lengths: {
    '24hours': '24 Stunden',
    '7days': '7 Tage',
    '30days': '30 Tage',
    '6months': '6 Monate',
    '1year': 'ein Jahr',
    '5years': '5 Jahre',
  },
  exclude: {
    title: 'Dich vom Kaufen sperren',
    message: (length) => `Ab jetzt nichts kaufen, und zwar für ${length}?`,
    detail: (until) =>
      `Das gilt bis ${until}. Niemand kann es vorher beenden oder verkürzen: du nicht, wir nicht, und auch nicht dadurch, dass Tuppence neu installiert wird. Verlängern geht.\n\nIst es vorbei, kannst du sagen, dass du wieder kaufen willst; 24 Stunden danach ist Kaufen möglich. Der Shop lässt sich weiter ansehen, und dein Verlauf bleibt die ganze Zeit offen.`,
    confirm: 'Mich sperren',
  },
  comeBack: {
    title: 'Wieder kaufen',
    message: 'In 24 Stunden wieder kaufen können?',
    detail:
      'Deine Selbstsperre ist vorbei. Wenn du Ja sagst, ist Kaufen in 24 Stunden möglich. Wenn du nichts tust, bleibt es geschlossen.',
    confirm: 'Ja, in 24 Stunden',
  },
  excludeMember: (name) => ({
    title: 'Jemanden vom Kaufen sperren',
    message: (length) => `${name} ab jetzt für ${length} nichts kaufen lassen?`,
    detail: (until) =>
      `Das gilt bis ${until}. Niemand kann es vorher beenden oder verkürzen: ${name} nicht, du nicht, wir nicht, und auch nicht dadurch, dass Tuppence neu installiert wird. Verlängern geht.\n\nIst es vorbei, kann eine Aufsichtsperson das Kaufen wieder erlauben; 24 Stunden danach ist es möglich.`,
    confirm: 'Sperren',
  }),
  comeBackMember: (name) => ({
    title: 'Wieder kaufen',
    message: `${name} in 24 Stunden wieder kaufen lassen?`,
    detail: 'Die Sperre ist vorbei. Wenn du Ja sagst, ist Kaufen in 24 Stunden wieder möglich. Wenn du nichts tust, bleibt es geschlossen.',
    confirm: 'Ja, in 24 Stunden',
  }),
}

const limitsDe: Readonly<Record<LimitPeriod, string>> = {
  purchase: 'für jeden Kauf',
  day: 'für jeden Tag',
  week: 'für jede Woche',
  month: 'für jeden Monat',
}

const levelsDe: Readonly<Record<MonitoringLevel, string>> = { often: 'früh', usual: 'wie üblich', rarely: 'nur wenn es deutlich ist', off: 'nie' }

export const controlWords: Readonly<Record<Language, ControlWords>> = { en, de }
