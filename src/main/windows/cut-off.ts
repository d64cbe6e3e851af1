import type { CommandLine } from 'electron'

/**
 * Takes the network from Chromium as a whole, before it starts. The content security policy stops what a page requests, but not
 * WebRTC, which speaks to any address, nor `preconnect` and `dns-prefetch`, whose timing is a message by itself. Pages
 * come from `app://`, which needs no network; the gateway is reached by Node. Names are those of Chromium's switches.
 */
export function cutOff(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  // No name and no number leads to an address.
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  // Everything would go through a proxy, this computer's own addresses too, and there is none (RFC 6761: `.invalid`).
  commandLine.appendSwitch('proxy-server', 'nowhere.invalid:9')
  commandLine.appendSwitch('proxy-bypass-list', '<-loopback>')
  // And what cannot go through a proxy is not sent.
  commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp')
}
