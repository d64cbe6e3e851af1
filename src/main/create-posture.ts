/** Puts together what tells of the safeguards, on screen and as files. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createReportPosture, type PostureDeps } from './usecases/report-posture.ts'
import { createSavePosture } from './usecases/save-posture.ts'

type Deps = PostureDeps & Omit<Parameters<typeof createSavePosture>[0], 'reportPosture'>

export function createPosture(deps: Deps) {
  const reportPosture = createReportPosture(deps)
  return { reportPosture, ...createSavePosture({ ...deps, reportPosture }) }
}

type PostureCall = Extract<keyof LauncherContract['calls'], `posture.${string}`>

export function createPostureHandlers({ reportPosture, save }: ReturnType<typeof createPosture>): Pick<Handlers<LauncherContract>, PostureCall> {
  return { 'posture.get': reportPosture, 'posture.save': save }
}
