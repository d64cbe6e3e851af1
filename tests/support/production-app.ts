/** A production build as it would lie on a person's disk: the bundles, the packaged gateway configuration, no sandbox. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GatewayConfig } from '../../src/main/adapters/gateway/gateway-config.ts'

const repo = fileURLToPath(new URL('../..', import.meta.url))

/** As people install it; and for tests that drive it, which production itself refuses. `start-refusals.spec.ts` holds how they differ. */
type Build = 'production' | 'testable'

/** Builds both into `out/`; once before all end-to-end tests. */
// eslint-disable-next-line import/no-default-export -- Playwright wants its global set-up so
export default function buildProduction(): void {
  for (const build of ['production', 'testable'] satisfies Build[]) {
    execFileSync(process.execPath, [join(repo, 'scripts/build.mjs'), build], { cwd: repo, stdio: 'pipe' })
  }
}

/** Lays the app out in an empty folder, with the configuration if there is one, and gives its path for the launch. */
export async function layOutProduction(folder: string, config: GatewayConfig | null, build: Build = 'testable'): Promise<string> {
  const main = `out/${build}/main/index.cjs`
  await cp(join(repo, `out/${build}`), join(folder, `out/${build}`), { recursive: true })
  await symlink(join(repo, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'tuppence', version: '0.1.0', type: 'module', main }))
  await mkdir(join(folder, 'resources'))
  await cp(join(repo, 'resources/icon.png'), join(folder, 'resources/icon.png'))
  if (config) await writeFile(join(folder, 'resources/gateway.json'), JSON.stringify(config))
  return folder
}
