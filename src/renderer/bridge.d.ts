import type { Bridge } from '../contract/ipc/channel.ts'
import type { ConfirmContract } from '../contract/ipc/confirm.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'

declare global {
  interface Window {
    /** Only in the launcher's page. */
    readonly tuppence: Bridge<LauncherContract>
    /** Only in the confirm window's page. */
    readonly confirmation: Bridge<ConfirmContract>
  }
}
