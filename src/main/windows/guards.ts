import type { Session, WebContents } from 'electron'

/** A page never goes anywhere else, opens nothing, and embeds nothing. */
export function guardContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // No content security policy stops WebRTC from sending to whom it likes; see `cutOff` for the rest.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/** A purchase needs no permission of the computer, so every one is denied, asked for or looked up. Nothing is downloaded. */
export function guardSession(session: Session, onDenied?: (permission: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    callback(false)
    onDenied?.(permission)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}
