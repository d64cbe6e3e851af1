const keyNames: Record<string, string> = {
  plus: '+', space: ' ', tab: 'Tab', capslock: 'CapsLock', backspace: 'Backspace', delete: 'Delete', insert: 'Insert', return: 'Enter', enter: 'Enter',
  up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight', home: 'Home', end: 'End', pageup: 'PageUp', pagedown: 'PageDown',
  escape: 'Escape', esc: 'Escape', printscreen: 'PrintScreen',
}
const modifiers: Record<string, 'ctrl' | 'alt' | 'shift' | 'meta'> = {
  commandorcontrol: 'ctrl', cmdorctrl: 'ctrl', control: 'ctrl', ctrl: 'ctrl', command: 'meta', cmd: 'meta', super: 'meta', meta: 'meta',
  alt: 'alt', option: 'alt', altgr: 'alt', shift: 'shift',
}

/** An accelerator such as `CmdOrCtrl+Shift+I` in the form the input guard compares: `ctrl+shift+i`. */
export function normalizeAccelerator(accelerator: string): string {
  const parts = accelerator.replace(/\+\+$/, '+Plus').split('+')
  const held = new Set(parts.slice(0, -1).map((part) => modifiers[part.toLowerCase()]))
  const last = parts.at(-1)!
  const key = keyNames[last.toLowerCase()] ?? (/^f\d+$/i.test(last) ? last.toUpperCase() : last.toLowerCase())
  return [...(['ctrl', 'alt', 'shift', 'meta'] as const).filter((each) => held.has(each)), key].join('+')
}
