/** A production build as it would lie on a person's disk: the bundles, the packaged gateway configuration, no sandbox. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GatewayConfig } from '../../src/main/adapters/gateway/gateway-config.ts'

const repo = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the production flavour into `out/production`; once before all end-to-end tests. */
// eslint-disable-next-line import/no-default-export -- Playwright wants its global set-up so
export default function buildProduction(): void {
  execFileSync(process.execPath, [join(repo, 'scripts/build.mjs'), 'production'], { cwd: repo, stdio: 'pipe' })
}

/** Lays the app out in an empty folder, with the configuration if there is one, and gives its path for the launch. */
export async function layOutProduction(folder: string, config: GatewayConfig | null): Promise<string> {
  const main = 'out/production/main/index.cjs'
  await cp(join(repo, 'out/production'), join(folder, 'out/production'), { recursive: true })
  await symlink(join(repo, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'tuppence', version: '0.1.0', type: 'module', main }))
  await mkdir(join(folder, 'resources'))
  await cp(join(repo, 'resources/icon.png'), join(folder, 'resources/icon.png'))
  if (config) await writeFile(join(folder, 'resources/gateway.json'), JSON.stringify(config))
  return folder
}
