/** The words of the questions about kiosk mode, in the languages of the pages. */
import type { Language } from '../../contract/ipc/status.ts'
import type { Question } from '../ports/ask-person.ts'

interface KioskWords {
  /** Whose PIN ends it. */
  readonly operator: string
  readonly begin: Question
  readonly newPin: Question
}

const en: KioskWords = {
  operator: 'Operator',
  begin: {
    title: 'Kiosk mode',
    message: 'Begin kiosk mode now?',
    detail: 'Tuppence then fills the screen, also after a restart. Only the operator’s PIN ends it. Purchases need an open profile, and what is personal goes after a minute without anybody.',
    confirm: 'Begin',
    cancel: 'Cancel',
  },
  newPin: {
    title: 'The operator’s PIN',
    message: 'Choose a new PIN for the operator?',
    detail: 'Whoever knows it can end kiosk mode. The one that there may be now no longer counts then.',
    confirm: 'Go on',
    cancel: 'Cancel',
  },
}

const de: KioskWords = {
  operator: 'Betreiber',
  begin: {
    title: 'Kioskmodus',
    message: 'Den Kioskmodus jetzt beginnen?',
    detail: 'Tuppence füllt dann den Bildschirm, auch nach einem Neustart. Nur die PIN des Betreibers beendet ihn. Gekauft wird mit geöffnetem Profil, und Persönliches verschwindet, wenn eine Minute lang niemand da ist.',
    confirm: 'Beginnen',
    cancel: 'Abbrechen',
  },
  newPin: {
    title: 'PIN des Betreibers',
    message: 'Eine neue PIN für den Betreiber wählen?',
    detail: 'Wer sie kennt, kann den Kioskmodus beenden. Eine bisherige PIN gilt dann nicht mehr.',
    confirm: 'Weiter',
    cancel: 'Abbrechen',
  },
}

export const kioskWords = (language: Language): KioskWords => (language === 'de' ? de : en)
