/** The words of the questions that main asks without a page, in the languages of the pages. */
import type { Language } from '../../contract/ipc/status.ts'
import type { Question } from '../ports/ask-person.ts'
import type { Restorable } from '../ports/ledger-repair.ts'

interface Words {
  readonly cancel: string
  readonly restore: Omit<Question, 'detail' | 'cancel'>
  readonly kept: (events: string) => string
  readonly nothingLost: string
  readonly lost: (events: number, figure: string) => string
  readonly lossUnknown: string
  readonly setAside: string
  readonly startNew: Omit<Question, 'cancel'>
}

const en: Words = {
  cancel: 'Cancel',
  restore: {
    title: 'Restore the ledger',
    message: 'Restore the ledger from what can still be verified?',
    confirm: 'Restore',
  },
  kept: (events) => `The first ${events} entries are there and verified.`,
  nothingLost: 'No entry is lost.',
  lost: (events, figure) =>
    events === 1 ? 'The newest entry is lost.' : `The ${figure} newest entries are lost.`,
  lossUnknown: 'The keychain does not say how many entries came after them. Those are lost.',
  setAside: 'The ledger as it is now is kept in the same folder under another name. Nothing is charged or refunded by this.',
  startNew: {
    title: 'Start a new ledger',
    message: 'Start a new ledger, without what the old one knew?',
    detail:
      'Nothing of the old ledger can be verified any more. The new one begins empty: it knows no purchase and no limit that you have set. The old file is kept in the same folder under another name. Nothing is charged or refunded by this, and the decision is recorded.',
    confirm: 'Start new ledger',
  },
}

const de: Words = {
  cancel: 'Abbrechen',
  restore: {
    title: 'Kassenbuch wiederherstellen',
    message: 'Das Kassenbuch aus dem wiederherstellen, was sich noch prüfen lässt?',
    confirm: 'Wiederherstellen',
  },
  kept: (events) => `Die ersten ${events} Einträge sind vorhanden und geprüft.`,
  nothingLost: 'Kein Eintrag geht verloren.',
  lost: (events, figure) =>
    events === 1 ? 'Der neueste Eintrag ist verloren.' : `Die ${figure} neuesten Einträge sind verloren.`,
  lossUnknown: 'Der Schlüsselbund sagt nicht, wie viele Einträge danach kamen. Diese sind verloren.',
  setAside:
    'Das jetzige Kassenbuch bleibt unter anderem Namen im selben Ordner. Dadurch wird nichts abgebucht oder erstattet.',
  startNew: {
    title: 'Neues Kassenbuch beginnen',
    message: 'Ein neues Kassenbuch beginnen, ohne das, was das alte wusste?',
    detail:
      'Vom alten Kassenbuch lässt sich nichts mehr prüfen. Das neue beginnt leer: Es kennt keinen Kauf und keine Grenze, die du gesetzt hast. Die alte Datei bleibt unter anderem Namen im selben Ordner. Dadurch wird nichts abgebucht oder erstattet, und die Entscheidung wird festgehalten.',
    confirm: 'Neu beginnen',
  },
}

const words: Readonly<Record<Language, Words>> = { en, de }

export function restoreQuestion(language: Language, { head, lostEvents }: Restorable): Question {
  const { restore, cancel, kept, setAside, ...loss } = words[language]
  const figure = (count: number) => new Intl.NumberFormat(language).format(count)
  const lossWords =
    lostEvents === null ? loss.lossUnknown : lostEvents === 0 ? loss.nothingLost : loss.lost(lostEvents, figure(lostEvents))
  return { ...restore, cancel, detail: `${kept(figure(head.seq))} ${lossWords}\n\n${setAside}` }
}

export function startNewQuestion(language: Language): Question {
  const { startNew, cancel } = words[language]
  return { ...startNew, cancel }
}
