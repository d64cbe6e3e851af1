import type { VaultProblem } from '../../ports/vault.ts'

/** Words by which GLib, D-Bus and libsecret say that there is nobody to ask; they have no stable codes through keytar. */
const absent = [
  /autolaunch D-Bus/i,
  /could not connect/i,
  /connection (is closed|refused)/i,
  /not provided by any \.service files/i,
  /(is )?not activatable/i,
  /no such file or directory/i,
  /ServiceUnknown|NameHasNoOwner|NoServer|Disconnected/,
  /exited with status|failed to execute|StartServiceByName/i,
  /underlying GIOStream|broken pipe/i,
  /disconnected from message bus/i,
  /address element|invalid address|unknown or unsupported transport/i,
  // The service was restarted. libsecret keeps to the session it once had, so this process has to be started again too.
  /session wrapping the secret does not exist/i,
]

const timedOut = [/timeout was reached/i, /did not receive a reply/i, /NoReply|TimedOut/]

/**
 * What an error message of the keychain means. Whatever is not known counts as `locked`: the keychain answered, and a
 * person has to do something about it.
 */
export function vaultProblemOf(message: string): VaultProblem {
  if (timedOut.some((pattern) => pattern.test(message))) return 'timedOut'
  if (absent.some((pattern) => pattern.test(message))) return 'absent'
  return 'locked'
}
