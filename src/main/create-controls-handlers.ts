/** The calls of the launcher about limits, quiet hours and exclusion. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { createControls } from './create-controls.ts'

type ControlsCall = Extract<keyof LauncherContract['calls'], `controls.${string}` | `exclusion.${string}`>

export function createControlsHandlers(controls: ReturnType<typeof createControls>): Pick<Handlers<LauncherContract>, ControlsCall> {
  return {
    'controls.get': controls.reportControls,
    'controls.preview': controls.previewChange,
    'controls.change': controls.changeControl,
    'controls.loosen': controls.confirmLoosening,
    'controls.withdrawLoosening': controls.withdrawLoosening,
    'controls.setReminder': controls.setReminder,
    'exclusion.begin': controls.beginExclusion,
    'exclusion.askReturn': controls.askReturn,
  }
}
