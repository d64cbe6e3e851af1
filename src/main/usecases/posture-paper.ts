/** What the state of the safeguards says on paper: everything of the screen, in the same words. */
import type { Posture } from '../../contract/ipc/posture.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { inEnglish } from '../../contract/posture-words/in-english.ts'
import { inGerman } from '../../contract/posture-words/in-german.ts'
import type { PostureFormats, PostureWords } from '../../contract/posture-words/posture-words.ts'
import { localTimeIn } from '../../domain/export/export-text.ts'
import type { Paper, PaperBlock, PaperFact } from '../ports/documents.ts'
import type { PaperStyle } from './receipt-paper.ts'

interface PaperWords {
  readonly heading: string
  readonly label: string
  readonly measured: (when: string, version: string) => string
  readonly sandbox: string
  readonly columns: readonly [safeguard: string, state: string, found: string]
  readonly mayDo: string
  readonly hasDone: string
  readonly denied: (permission: string, times: string) => string
  readonly noneDenied: string
  readonly hosts: readonly [host: string, connections: string, requests: string, last: string]
  readonly noHosts: string
  readonly files: readonly [what: string, files: string, bytes: string]
  readonly sent: string
  readonly noneSent: string
  readonly sentAt: (when: string) => string
  readonly headers: string
  readonly authorisation: string
  readonly quote: string
  readonly keychain: string
  readonly there: Readonly<Record<'yes' | 'no' | 'unknown', string>>
  readonly cardData: string
  readonly proof: string
  readonly footer: string
  readonly missingCharacters: string
}

const paperWords: Readonly<Record<Language, PaperWords>> = {
  en: {
    heading: 'Security of Tuppence on this computer',
    label: 'As measured',
    measured: (when, version) => `Measured ${when}, Tuppence ${version}.`,
    sandbox: 'A sandbox build, for trying out: no real money moves.',
    columns: ['Safeguard', 'State', 'What was found'],
    mayDo: 'What Tuppence may do',
    hasDone: 'What it has done',
    denied: (permission, times) => `A page asked for “${permission}”, and was denied: ${times} times since the start.`,
    noneDenied: 'No page has asked for a permission since the start.',
    hosts: ['Spoken to', 'Connections', 'Requests', 'Last'],
    noHosts: 'No other computer has been spoken to yet, or the counts cannot be read.',
    files: ['Files in its folder', 'Number', 'Bytes'],
    sent: 'What was sent last',
    noneSent: 'No purchase that may be shown here.',
    sentAt: (when) => `For the purchase that was approved ${when}. Nothing else was sent for it.`,
    headers: 'Headers',
    authorisation: 'What the device signed in it',
    quote: 'What the gateway signed in it',
    keychain: 'What is in the keychain (names, never values)',
    there: { yes: 'there', no: 'not there', unknown: 'could not be asked' },
    cardData: 'Card data',
    proof: 'This page is for reading. The same as a file that this device has signed can be saved beside it.',
    footer: 'Security of Tuppence, written by Tuppence itself',
    missingCharacters: 'Characters that are not in the fonts of this page are shown by their number in Unicode, as in [U+1F600].',
  },
  de: {
    heading: 'Sicherheit von Tuppence auf diesem Computer',
    label: 'Gemessen',
    measured: (when, version) => `Gemessen ${when}, Tuppence ${version}.`,
    sandbox: 'Eine Sandbox-Ausgabe zum Ausprobieren: Es wird kein echtes Geld bewegt.',
    columns: ['Schutzmaßnahme', 'Stand', 'Was gefunden wurde'],
    mayDo: 'Was Tuppence darf',
    hasDone: 'Was es getan hat',
    denied: (permission, times) => `Eine Seite hat um „${permission}“ gebeten, und es wurde verweigert: ${times}-mal seit dem Start.`,
    noneDenied: 'Keine Seite hat seit dem Start um eine Berechtigung gebeten.',
    hosts: ['Gesprochen mit', 'Verbindungen', 'Anfragen', 'Zuletzt'],
    noHosts: 'Es wurde noch mit keinem anderen Computer gesprochen, oder die Zahlen lassen sich nicht lesen.',
    files: ['Dateien in seinem Ordner', 'Anzahl', 'Bytes'],
    sent: 'Was zuletzt gesendet wurde',
    noneSent: 'Kein Kauf, der hier gezeigt werden darf.',
    sentAt: (when) => `Für den Kauf, der ${when} bestätigt wurde. Sonst wurde dafür nichts gesendet.`,
    headers: 'Kopfzeilen',
    authorisation: 'Was das Gerät darin unterschrieben hat',
    quote: 'Was das Gateway darin unterschrieben hat',
    keychain: 'Was im Schlüsselbund liegt (Namen, nie Werte)',
    there: { yes: 'vorhanden', no: 'nicht vorhanden', unknown: 'konnte nicht gefragt werden' },
    cardData: 'Kartendaten',
    proof: 'Diese Seite ist zum Lesen da. Dasselbe lässt sich als Datei speichern, die dieses Gerät unterschrieben hat.',
    footer: 'Sicherheit von Tuppence, von Tuppence selbst geschrieben',
    missingCharacters: 'Zeichen, die nicht in den Schriften dieser Seite sind, stehen mit ihrer Nummer in Unicode da, etwa [U+1F600].',
  },
}

const postureWords: Readonly<Record<Language, PostureWords>> = { en: inEnglish, de: inGerman }
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

interface Writing {
  readonly posture: Posture
  readonly words: PostureWords
  readonly own: PaperWords
  readonly format: PostureFormats
}

export function posturePaper(posture: Posture, style: Pick<PaperStyle, 'language' | 'zone'>): Paper {
  const writing: Writing = { posture, words: postureWords[style.language], own: paperWords[style.language], format: formatsFor(style) }
  const { words, own, format } = writing
  const good = posture.safeguards.filter(({ state }) => state === 'good').length
  return {
    title: own.heading,
    language: style.language,
    datedAt: posture.measuredAt,
    footer: own.footer,
    missingCharacters: own.missingCharacters,
    blocks: [
      { kind: 'heading', level: 1, text: own.heading },
      ...(posture.sandbox ? [quiet(own.sandbox)] : []),
      { kind: 'figure', label: own.label, value: words.headline(good, posture.safeguards.length), note: own.measured(format.dateTime(posture.measuredAt), posture.version) },
      { kind: 'rule' },
      safeguardTable(writing),
      { kind: 'heading', level: 2, text: own.mayDo },
      ...words.mayDo.map(plain),
      { kind: 'heading', level: 2, text: own.hasDone },
      ...deniedBlocks(writing),
      ...tablesOf(writing),
      { kind: 'heading', level: 2, text: own.sent },
      ...sentBlocks(writing),
      { kind: 'heading', level: 2, text: own.keychain },
      { kind: 'facts', facts: secretsOf(writing) },
      { kind: 'heading', level: 2, text: own.cardData },
      ...words.cardData.map(plain),
      { kind: 'rule' },
      quiet(own.proof),
    ],
  }
}

const plain = (text: string): PaperBlock => ({ kind: 'paragraph', tone: 'plain', text })
const quiet = (text: string): PaperBlock => ({ kind: 'paragraph', tone: 'quiet', text })

function safeguardTable({ posture, words, own, format }: Writing): PaperBlock {
  const [name, state, found] = own.columns
  return {
    kind: 'table',
    columns: [{ title: name, align: 'start', share: 10 }, { title: state, align: 'start', share: 7 }, { title: found, align: 'start', share: 26 }],
    rows: posture.safeguards.map((one) => {
      const said = words.findings[one.finding](one.measured, format)
      return [words.safeguards[one.id], words.states[one.state], one.todo === null ? said : `${said} ${words.todos[one.todo]}`]
    }),
    totals: [],
  }
}

function deniedBlocks({ posture, own, format }: Writing): PaperBlock[] {
  if (posture.denied.length === 0) return [plain(own.noneDenied)]
  return posture.denied.map(({ permission, times }) => plain(own.denied(permission, format.count(times))))
}

function tablesOf({ posture, words, own, format }: Writing): PaperBlock[] {
  const { hosts, files } = posture
  const [host, connections, requests, last] = own.hosts
  const [what, number, bytes] = own.files
  return [
    !hosts || hosts.length === 0 ? plain(own.noHosts) : {
      kind: 'table',
      columns: [{ title: host, align: 'start', share: 16 }, { title: connections, align: 'end', share: 8 }, { title: requests, align: 'end', share: 8 }, { title: last, align: 'start', share: 14 }],
      rows: hosts.map((each) => [each.host, format.count(each.connections), format.count(each.requests), format.dateTime(each.last)]),
      totals: [],
    },
    ...(files ? [{
      kind: 'table',
      columns: [{ title: what, align: 'start', share: 28 }, { title: number, align: 'end', share: 8 }, { title: bytes, align: 'end', share: 10 }],
      rows: files.map((kept) => [words.fileKinds[kept.kind], format.count(kept.files), format.count(kept.bytes)]),
      totals: [],
    } as const] : []),
  ]
}

function sentBlocks({ posture: { lastPurchase }, words, own, format }: Writing): PaperBlock[] {
  if (lastPurchase.kind !== 'sent') return [plain(own.noneSent)]
  const { at, request, headers, body, authorisation, quote } = lastPurchase
  return [
    plain(own.sentAt(format.dateTime(at))),
    { kind: 'facts', facts: [{ name: request, value: body, exact: true }, { name: own.headers, value: headers.join(', ') }] },
    { kind: 'paragraph', tone: 'small', text: words.headers },
    { kind: 'facts', facts: [{ name: own.authorisation, value: authorisation, exact: true }, { name: own.quote, value: quote, exact: true }] },
  ]
}

function secretsOf({ posture, words, own }: Writing): PaperFact[] {
  return posture.keychain.map(({ name, kind, whose, isThere }) => {
    const what = whose === null ? words.secretKinds[kind] : `${words.secretKinds[kind]} (${whose})`
    return { name, value: `${what}: ${own.there[isThere === null ? 'unknown' : isThere ? 'yes' : 'no']}` }
  })
}

function formatsFor({ language, zone }: Pick<PaperStyle, 'language' | 'zone'>): PostureFormats {
  const date = new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone })
  const number = new Intl.NumberFormat(locales[language])
  const local = localTimeIn(zone)
  return {
    dateTime: (instant) => `${date.format(Date.parse(instant))} (${local(instant).iso.slice(-6)})`,
    count: (value) => number.format(value),
  }
}
