/** The words of a statement, in the languages of the pages. */
import type { ControlEvent } from '../../contract/ipc/controls.ts'
import type { LineView } from '../../contract/ipc/history.ts'
import type { StatementData } from '../../contract/ipc/statements.ts'
import type { Language } from '../../contract/ipc/status.ts'
import type { LimitPeriod, MemberRole } from '../../domain/controls.ts'
import type { MonitoringLevel } from '../../domain/monitoring.ts'

type Source = Exclude<LineView['source'], 'tuppence'>

export interface StatementWords {
  readonly boxTitle: string
  readonly fileName: string
  readonly title: (month: string) => string
  readonly sandbox: string
  readonly whose: string
  readonly everything: string
  readonly period: string
  readonly fromTo: (from: string, to: string) => string
  readonly calendar: string
  readonly madeAt: string
  readonly notOver: string
  readonly checked: string
  readonly checks: Readonly<Record<StatementData['checked'], string>>
  readonly unverified: string
  readonly sums: string
  readonly before: (day: string) => string
  readonly inMonth: (month: string) => string
  readonly upTo: (day: string) => string
  readonly ofWhichImported: string
  readonly what: string
  readonly currency: string
  readonly spent: string
  readonly cameBack: string
  readonly pending: string
  readonly lineCount: string
  readonly nothingYet: string
  readonly neverNetted: string
  readonly bySeller: string
  readonly seller: string
  readonly total: string
  readonly lines: (count: string) => string
  readonly noLines: string
  readonly date: string
  readonly item: string
  readonly who: string
  readonly kinds: Readonly<Record<Exclude<LineView['kind'], 'pending' | 'notCharged'>, string>>
  readonly maybeCharged: (amount: string) => string
  readonly notCharged: (amount: string) => string
  readonly receipt: (number: string) => string
  readonly reference: (number: string) => string
  readonly imported: (from: string) => string
  readonly sources: Readonly<Record<Source, string>>
  readonly limits: string
  readonly noLimits: string
  readonly control: string
  readonly forWhom: string
  readonly household: string
  readonly atStart: (day: string) => string
  readonly atEnd: (day: string) => string
  readonly now: string
  readonly noLimit: string
  readonly none: string
  readonly limitName: (period: LimitPeriod, seller: string | null) => string
  readonly quietHours: string
  readonly monitoring: string
  readonly takeover: string
  readonly burst: string
  readonly levels: Readonly<Record<MonitoringLevel, string>>
  readonly calendarOf: string
  readonly exclusion: string
  readonly exclusions: Readonly<Record<'running' | 'ended' | 'coolingOff', (until: string) => string>>
  readonly roles: Readonly<Record<MemberRole, string>>
  readonly changes: string
  readonly noChanges: string
  readonly changesUnknown: string
  readonly decidedBy: string
  readonly whatHappened: string
  readonly events: Readonly<Record<ControlEvent['what']['kind'], string>>
  readonly until: (moment: string) => string
  readonly deciders: Readonly<Record<'alone' | 'before' | 'tuppence' | 'gateway', string>>
  readonly proof: string
  readonly aboutProof: string
  readonly eventCount: string
  readonly headMac: string
  readonly noHead: string
  readonly footer: (month: string) => string
  readonly missingCharacters: string
}

const en: StatementWords = {
  boxTitle: 'Save the statement',
  fileName: 'statement',
  title: (month) => `Statement for ${month}`,
  sandbox: 'Made in the sandbox, for trying out: no real money was moved.',
  whose: 'Whose',
  everything: 'Everybody',
  period: 'Period',
  fromTo: (from, to) => `${from} to ${to}`,
  calendar: 'Calendar and clock',
  madeAt: 'Made',
  notOver: 'The month is not over: this is how it stood when the statement was made.',
  checked: 'Ledger checked',
  checks: {
    whole: 'Every entry of the ledger was checked, and fits.',
    end: 'The newest entries were checked, and fit. The others are checked in the background.',
    failed: 'The ledger could not be checked.',
  },
  unverified: 'The ledger, the record of these purchases, could not be checked. Compare this statement with your bank statement before you rely on it.',
  sums: 'Sums',
  before: (day) => `Before ${day}`,
  inMonth: (month) => `In ${month}`,
  upTo: (day) => `Up to and with ${day}`,
  ofWhichImported: '– of which imported',
  what: 'When',
  currency: 'Currency',
  spent: 'Spent',
  cameBack: 'Came back',
  pending: 'Not known yet',
  lineCount: 'Lines',
  nothingYet: 'There is nothing yet.',
  neverNetted: 'What came back is never taken off what was spent. Every refund and chargeback is a line of its own.',
  bySeller: 'By seller',
  seller: 'Seller',
  total: 'Total',
  lines: (count) => `All lines (${count})`,
  noLines: 'There are no lines in this month.',
  date: 'Date',
  item: 'Item',
  who: 'Who',
  kinds: { charge: 'Paid', refund: 'Refund', chargeback: 'Chargeback', chargebackReversal: 'Chargeback reversed' },
  maybeCharged: (amount) => `Being checked: ${amount} may have been charged`,
  notCharged: (amount) => `Not charged: ${amount}`,
  receipt: (number) => `receipt ${number}`,
  reference: (number) => `reference ${number}`,
  imported: (from) => `imported from ${from}`,
  sources: { steam: 'Steam', googlePlay: 'Google Play', playStation: 'PlayStation', xbox: 'Xbox', csv: 'a CSV file', ofx: 'an OFX file' },
  limits: 'Limits in force',
  noLimits: 'No limit, no quiet hours and no self-exclusion were in force at the beginning or at the end.',
  control: 'Control',
  forWhom: 'For whom',
  household: 'Household',
  atStart: (day) => `At the beginning of ${day}`,
  atEnd: (day) => `At the end of ${day}`,
  now: 'When this was made',
  noLimit: 'no limit',
  none: 'none',
  limitName: (period, seller) => `${{ purchase: 'Each purchase', day: 'Day', week: 'Week', month: 'Month' }[period]} · ${seller ?? 'All sellers'}`,
  quietHours: 'Quiet hours',
  monitoring: 'Monitoring',
  takeover: 'somebody else',
  burst: 'faster than usual',
  levels: { often: 'early', usual: 'as usual', rarely: 'only when it is clear', off: 'off' },
  calendarOf: 'Calendar',
  exclusion: 'Self-exclusion',
  exclusions: {
    running: (until) => `until ${until}`,
    ended: (until) => `ended ${until}, waits for a new yes`,
    coolingOff: (until) => `ends ${until}, after a new yes`,
  },
  roles: { guardian: 'Guardian', adult: 'Adult', teen: 'Teen', child: 'Child', removed: 'not in the household' },
  changes: 'Changes to them',
  noChanges: 'Nothing was changed in this month.',
  changesUnknown: 'Limits and their changes cannot be told, because the ledger does not fit together.',
  decidedBy: 'Who decided',
  whatHappened: 'What happened',
  events: {
    begun: 'Limits begun',
    tightened: 'Set, acts at once',
    looseningAsked: 'Asked for, waits',
    loosened: 'Confirmed, acts now',
    withdrawn: 'Withdrawn',
    lapsed: 'Lapsed without a second yes',
    excluded: 'Excluded from buying',
    returnAsked: 'Asked to buy again',
    frozen: 'Buying frozen',
    thawed: 'Buying goes on',
    reminderSet: 'Reminder set',
    householdBegun: 'Household begun',
    pinSet: 'New PIN',
    secondFactorSet: 'New authenticator and recovery codes',
    renamed: 'Name changed',
    adopted: 'Stricter controls taken over',
    warned: 'Told that a limit comes near its end',
  },
  until: (moment) => `until ${moment}`,
  deciders: { alone: 'The person', before: 'One adult alone', tuppence: 'Tuppence', gateway: 'The gateway' },
  proof: 'What this was made from',
  aboutProof:
    'Tuppence keeps every purchase as an entry of the ledger, in which each entry is sealed together with the one before. The seal of the newest entry stands for all of them: with the same ledger, anybody comes to the same statement.',
  eventCount: 'Entries',
  headMac: 'Seal of the newest',
  noHead: 'There are no entries yet.',
  footer: (month) => `Tuppence · Statement for ${month}`,
  missingCharacters: 'A character that could not be drawn is shown by its number in Unicode, in square brackets.',
}

const de: StatementWords = {
  boxTitle: 'Auszug speichern',
  fileName: 'auszug',
  title: (month) => `Auszug für ${month}`,
  sandbox: 'In der Sandbox zum Ausprobieren entstanden: Es wurde kein echtes Geld bewegt.',
  whose: 'Wessen',
  everything: 'Alle',
  period: 'Zeitraum',
  fromTo: (from, to) => `${from} bis ${to}`,
  calendar: 'Kalender und Uhr',
  madeAt: 'Erstellt',
  notOver: 'Der Monat ist nicht zu Ende: So stand es, als der Auszug erstellt wurde.',
  checked: 'Kassenbuch geprüft',
  checks: {
    whole: 'Jeder Eintrag des Kassenbuchs wurde geprüft und passt.',
    end: 'Die neuesten Einträge wurden geprüft und passen. Die übrigen werden im Hintergrund geprüft.',
    failed: 'Das Kassenbuch konnte nicht geprüft werden.',
  },
  unverified: 'Das Kassenbuch, die Aufzeichnung dieser Käufe, konnte nicht geprüft werden. Vergleiche diesen Auszug mit dem deiner Bank, bevor du dich darauf verlässt.',
  sums: 'Summen',
  before: (day) => `Vor dem ${day}`,
  inMonth: (month) => `Im ${month}`,
  upTo: (day) => `Bis einschließlich ${day}`,
  ofWhichImported: '– davon importiert',
  what: 'Wann',
  currency: 'Währung',
  spent: 'Ausgegeben',
  cameBack: 'Zurück',
  pending: 'Noch unbekannt',
  lineCount: 'Zeilen',
  nothingYet: 'Es gibt noch nichts.',
  neverNetted: 'Was zurückkam, wird nie von dem abgezogen, was ausgegeben wurde. Jede Erstattung und jede Rückbuchung ist eine eigene Zeile.',
  bySeller: 'Nach Anbieter',
  seller: 'Anbieter',
  total: 'Summe',
  lines: (count) => `Alle Zeilen (${count})`,
  noLines: 'In diesem Monat gibt es keine Zeilen.',
  date: 'Datum',
  item: 'Artikel',
  who: 'Wer',
  kinds: { charge: 'Bezahlt', refund: 'Erstattung', chargeback: 'Rückbuchung', chargebackReversal: 'Rückbuchung aufgehoben' },
  maybeCharged: (amount) => `Wird geprüft: ${amount} wurden vielleicht abgebucht`,
  notCharged: (amount) => `Nicht abgebucht: ${amount}`,
  receipt: (number) => `Beleg ${number}`,
  reference: (number) => `Vorgang ${number}`,
  imported: (from) => `importiert aus ${from}`,
  sources: { steam: 'Steam', googlePlay: 'Google Play', playStation: 'PlayStation', xbox: 'Xbox', csv: 'einer CSV-Datei', ofx: 'einer OFX-Datei' },
  limits: 'Geltende Grenzen',
  noLimits: 'Weder am Anfang noch am Ende galten eine Grenze, Ruhezeiten oder eine Selbstsperre.',
  control: 'Regel',
  forWhom: 'Für wen',
  household: 'Haushalt',
  atStart: (day) => `Am Anfang des ${day}`,
  atEnd: (day) => `Am Ende des ${day}`,
  now: 'Beim Erstellen',
  noLimit: 'keine Grenze',
  none: 'keine',
  limitName: (period, seller) => `${{ purchase: 'Je Kauf', day: 'Tag', week: 'Woche', month: 'Monat' }[period]} · ${seller ?? 'Alle Anbieter'}`,
  quietHours: 'Ruhezeiten',
  monitoring: 'Auffälligkeiten',
  takeover: 'jemand anders',
  burst: 'schneller als sonst',
  levels: { often: 'früh', usual: 'wie üblich', rarely: 'nur wenn es deutlich ist', off: 'aus' },
  calendarOf: 'Kalender',
  exclusion: 'Selbstsperre',
  exclusions: {
    running: (until) => `bis ${until}`,
    ended: (until) => `seit ${until} vorbei, wartet auf ein neues Ja`,
    coolingOff: (until) => `endet ${until}, nach einem neuen Ja`,
  },
  roles: { guardian: 'Aufsichtsperson', adult: 'Erwachsen', teen: 'Jugendlich', child: 'Kind', removed: 'nicht im Haushalt' },
  changes: 'Änderungen daran',
  noChanges: 'In diesem Monat wurde nichts geändert.',
  changesUnknown: 'Grenzen und ihre Änderungen lassen sich nicht nennen, weil das Kassenbuch nicht zusammenpasst.',
  decidedBy: 'Wer entschied',
  whatHappened: 'Was geschah',
  events: {
    begun: 'Grenzen begonnen',
    tightened: 'Gesetzt, gilt sofort',
    looseningAsked: 'Beantragt, wartet',
    loosened: 'Bestätigt, gilt jetzt',
    withdrawn: 'Zurückgezogen',
    lapsed: 'Ohne zweites Ja verfallen',
    excluded: 'Vom Kaufen gesperrt',
    returnAsked: 'Möchte wieder kaufen',
    frozen: 'Kaufen eingefroren',
    thawed: 'Kaufen geht weiter',
    reminderSet: 'Erinnerung gesetzt',
    householdBegun: 'Haushalt begonnen',
    pinSet: 'Neue PIN',
    secondFactorSet: 'Neuer Authenticator und neue Ersatzcodes',
    renamed: 'Name geändert',
    adopted: 'Strengere Regeln übernommen',
    warned: 'Hinweis, dass eine Grenze bald erreicht ist',
  },
  until: (moment) => `bis ${moment}`,
  deciders: { alone: 'Die Person', before: 'Eine Person allein', tuppence: 'Tuppence', gateway: 'Das Gateway' },
  proof: 'Woraus dieser Auszug gemacht ist',
  aboutProof:
    'Tuppence hält jeden Kauf als Eintrag des Kassenbuchs fest, in dem jeder Eintrag zusammen mit dem davor versiegelt ist. Das Siegel des neuesten steht für alle: Mit demselben Kassenbuch kommt jeder zu demselben Auszug.',
  eventCount: 'Einträge',
  headMac: 'Siegel des neuesten',
  noHead: 'Es gibt noch keine Einträge.',
  footer: (month) => `Tuppence · Auszug für ${month}`,
  missingCharacters: 'Ein Zeichen, das nicht gezeichnet werden konnte, steht mit seiner Nummer in Unicode in eckigen Klammern.',
}

export const statementWords: Readonly<Record<Language, StatementWords>> = { en, de }
