/** The app ends, and says so in a box, since there is no page that could. */
import { app, dialog } from 'electron'

/** Nothing to show and nothing to lose. */
export function giveUpStarting(): void {
  dialog.showErrorBox('Tuppence could not start', 'Nothing was charged. Start Tuppence again; if it happens again, restart the computer.')
  app.exit(1)
}

/** In a state that nobody foresaw no purchase is to be made. */
export function giveUp(): void {
  dialog.showErrorBox('Tuppence has to close', 'Nothing is charged without your yes. A payment that you have confirmed is found again at the next start, and never charged twice.')
  app.exit(1)
}
