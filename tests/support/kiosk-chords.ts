/** Keys and chords that lead out of an application somewhere, as Playwright presses them. None may do anything in kiosk mode. */

const modifiers = ['Control', 'Control+Shift', 'Alt', 'Control+Alt', 'Meta'] as const

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')

/** New windows and tabs, printing, saving, opening, source, search, history, downloads, bookmarks, quitting, tools for developers. */
const withLetters = letters.flatMap((letter) => [`Control+${letter}`, `Control+Shift+${letter}`])

const functionKeys = Array.from({ length: 12 }, (_, at) => `F${at + 1}`)
const withFunctionKeys = [
  ...functionKeys,
  ...functionKeys.map((key) => `Control+${key}`),
  // Of these the window manager sees Alt+F4 first; that is a test of its own.
  ...functionKeys.filter((key) => key !== 'F4').map((key) => `Alt+${key}`),
  ...functionKeys.map((key) => `Shift+${key}`),
  'Control+Shift+F5',
]

/** Zoom, tabs by number, going back and forth, the menu, task switchers. */
const others = [
  ...['0', '1', '2', '8', '9', '+', '-', '='].map((key) => `Control+${key}`),
  ...['Tab', 'PageUp', 'PageDown', 'Home', 'Enter', 'Space', 'Backspace', 'Delete', 'Escape'].map((key) => `Control+${key}`),
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'Enter', 'Space', 'd', 'e', 'f', 'Backspace'].map((key) => `Alt+${key}`),
  ...['d', 'e', 'l', 'r', 'm', 'q', 'Tab', 'Space', 'ArrowUp', 'ArrowLeft'].map((key) => `Meta+${key}`),
  ...['Tab', 'Delete', 'Escape'].map((key) => `Control+Shift+${key}`),
  ...['Delete', 'Backspace', 't', 'l', 'F1', 'F2'].map((key) => `Control+Alt+${key}`),
  ...['ContextMenu', 'PrintScreen', 'Pause', 'ScrollLock', 'Insert', 'Shift+Escape', 'Shift+Delete', 'Shift+Insert'],
  ...modifiers,
]

/** Keys of their own that some keyboards have; Playwright presses none of them. */
export const specialKeys = ['BrowserBack', 'BrowserForward', 'BrowserRefresh', 'BrowserHome', 'BrowserSearch', 'LaunchMail', 'LaunchApplication1', 'Power', 'Help', 'Unidentified'] as const

export const kioskChords: readonly string[] = [...withLetters, ...withFunctionKeys, ...others]
