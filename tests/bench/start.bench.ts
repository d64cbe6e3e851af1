/** Cold start to an interactive launcher, as a ratio to a blank window on the same runtime, rounds interleaved. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'
import { electronRuntime } from '../../scripts/lib/electron-runtime.mjs'
import { launchTuppence } from '../support/launch.ts'
import { median, round } from './statistics.ts'

const blankApp = fileURLToPath(new URL('blank-app/main.cjs', import.meta.url))

export interface StartFigures {
  readonly rounds: number
  readonly blankWindowMs: number
  readonly interactiveLauncherMs: number
  /** Goal: at most 1.6. */
  readonly ratio: number
}

export async function benchStart(env: Readonly<Record<string, string | undefined>>, rounds: number): Promise<StartFigures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tuppence-bench-'))
  try {
    await startLauncher(dataDir, env)
    const blank: number[] = []
    const launcher: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      blank.push(await startBlank())
      launcher.push(await startLauncher(dataDir, env))
    }
    const [blankWindowMs, interactiveLauncherMs] = [median(blank), median(launcher)]
    return {
      rounds,
      blankWindowMs: round(blankWindowMs, 0),
      interactiveLauncherMs: round(interactiveLauncherMs, 0),
      ratio: round(interactiveLauncherMs / blankWindowMs),
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function startBlank(): Promise<number> {
  const before = performance.now()
  const electron = await _electron.launch({ executablePath: electronRuntime().executable, args: [blankApp] })
  const page = await electron.firstWindow()
  await page.waitForFunction(() => document.body?.textContent === 'blank')
  const took = performance.now() - before
  await electron.close()
  return took
}

/** Interactive: offers are there and the first `Buy` can be pressed. */
async function startLauncher(dataDir: string, env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const before = performance.now()
  const tuppence = await launchTuppence({ dataDir, env })
  await tuppence.launcher.page.waitForFunction(firstBuyCanBePressed)
  const took = performance.now() - before
  await tuppence.close()
  return took
}

/** Runs in the page, at each of its frames: a locator would look again after half a second only. */
function firstBuyCanBePressed(): boolean {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Buy')
  return button !== undefined && !button.disabled && button.checkVisibility()
}
