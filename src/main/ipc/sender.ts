import type { IpcMainInvokeEvent, WebContents } from 'electron'

/** The one page that may use a set of channels: this window's main frame, at exactly this origin. */
export interface TrustedPage {
  /** The window's contents, or null while it is not open. */
  readonly contents: () => WebContents | null
  /** For example `app://launcher`. */
  readonly origin: string
}

/** Whether a call comes from the trusted page itself and not from a frame inside it, another window or another origin. */
export function isFrom(page: TrustedPage, event: IpcMainInvokeEvent): boolean {
  const { sender, senderFrame } = event
  if (!senderFrame || sender !== page.contents() || senderFrame !== sender.mainFrame) return false
  return originOf(senderFrame.url) === page.origin
}

/** `URL.origin` is `null` for schemes it does not know, so it is put together from scheme and host. */
export function originOf(url: string): string | null {
  const parsed = URL.parse(url)
  return parsed && `${parsed.protocol}//${parsed.host}`
}
