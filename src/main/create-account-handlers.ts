/** The launcher's calls about the account. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { createAccount } from './create-account.ts'

type AccountCall = Extract<keyof LauncherContract['calls'], `account.${string}`>

export function createAccountHandlers({ calls }: Pick<ReturnType<typeof createAccount>, 'calls'>): Pick<Handlers<LauncherContract>, AccountCall> {
  return {
    'account.get': calls.get,
    'account.signIn': calls.signIn,
    'account.cancelSignIn': calls.cancelSignIn,
    'account.openPage': calls.openPage,
    'account.signOut': calls.signOut,
    'account.devices': calls.devices.list,
    'account.signOutDevice': calls.devices.signOutDevice,
    'account.signOutEverywhere': async () => {
      await calls.everywhere()
      return calls.view()
    },
  }
}
