/** What the words of imports are on the screen. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { BadRowReasonView, ImportReadView, ImportSourceView } from '../../../../contract/ipc/imports.ts'

export const sourceNames: Record<ImportSourceView, MessageDescriptor> = {
  steam: msg`Steam`,
  googlePlay: msg`Google Play`,
  playStation: msg`PlayStation`,
  xbox: msg`Xbox`,
  csv: msg`A table (CSV)`,
  ofx: msg`A bank statement (OFX)`,
}

/** How to come by the file: two short lines each. */
export const sourceHelp: Record<ImportSourceView, readonly [MessageDescriptor, MessageDescriptor]> = {
  steam: [
    msg`In a browser open Account details, then View purchase history, and load it to its end.`,
    msg`Save the page (Ctrl+S). A CSV file that a helper made of it is fine too.`,
  ],
  googlePlay: [
    msg`At takeout.google.com choose Google Play Store and nothing else.`,
    msg`Unpack what you get, and choose Purchase History.json or Order History.json.`,
  ],
  playStation: [
    msg`Sony offers no file for this. Ask for your data, or copy Transaction history into a table.`,
    msg`Save it as CSV, with the names of the columns in its first line.`,
  ],
  xbox: [
    msg`Microsoft offers no file for this. Copy Order history of your account into a table.`,
    msg`Save it as CSV, with the names of the columns in its first line.`,
  ],
  csv: [
    msg`From a spreadsheet, another program or another Tuppence.`,
    msg`Which column means what is guessed, and you can correct it.`,
  ],
  ofx: [
    msg`Most banks and card issuers offer it as a download (OFX or QFX).`,
    msg`Money that was spent goes in, and what came back as refunds.`,
  ],
}

/** What is wrong with a row, short enough for a table. */
export const badRowWords: Record<BadRowReasonView, MessageDescriptor> = {
  noDate: msg`No date that can be read`,
  noAmount: msg`No amount that can be read`,
  noCurrency: msg`No currency`,
  unknownCurrency: msg`A currency that is not known`,
  noItem: msg`Does not say what was bought`,
  badText: msg`A text that cannot be shown, or is too long`,
  wrongColumns: msg`Other columns than the rest`,
  notAPurchase: msg`Money put into a wallet or moved: what it bought is a row of its own`,
  free: msg`Cost nothing`,
  impossibleDate: msg`A date in the future, or before 1990`,
}

type FailedProblem = Extract<ImportReadView, { kind: 'failed' }>['problem']

export const readProblemWords: Record<FailedProblem, { readonly what: MessageDescriptor; readonly next: MessageDescriptor }> = {
  notReadable: {
    what: msg`The file cannot be opened.`,
    next: msg`It may have been moved, or you may not read it. Choose it again, or copy it to your documents first.`,
  },
  tooLarge: { what: msg`The file is too large.`, next: msg`Up to 200 MB and a million rows can be read. Split it, and import the parts one after the other.` },
  empty: { what: msg`There is nothing in the file.`, next: msg`Save or download it once more. A page has to be loaded to its end before it is saved.` },
  notRecognised: {
    what: msg`Tuppence does not know what kind of file this is.`,
    next: msg`Say below where it is from and choose it again. If you know that already, it may be another file than the one described there.`,
  },
  damaged: { what: msg`The file is damaged or cut off.`, next: msg`Save or download it once more, and choose it again.` },
  ledgerUnavailable: {
    what: msg`Nothing can be imported now.`,
    next: msg`Tuppence cannot read your ledger, the record of your purchases. Nothing was deleted. The notice above says what is wrong.`,
  },
}
