import type { ThawWay } from '../../contract/ipc/controls.ts'
import type { Controls } from '../../domain/controls.ts'
import { hasMembers } from '../../domain/roles.ts'

/** How a freeze is ended. */
export function thawWay(controls: Pick<Controls, 'members'>): ThawWay {
  return hasMembers(controls) ? 'guardian' : 'box'
}
