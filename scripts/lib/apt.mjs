// @ts-check
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { Failure } from './failure.mjs'
import { say } from './report.mjs'
import { runLogged } from './run.mjs'

export const thisMachine = () => ({
  platform: process.platform,
  isDebian: process.platform === 'linux' && fs.existsSync('/etc/debian_version') && fs.existsSync('/usr/bin/apt-get'),
  isRoot: process.getuid?.() === 0,
  hasFreeSudo: () => spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0,
})

/**
 * @param {import('./system-packages.mjs').Plan} plan
 * @returns {Promise<string>} what was done
 * @throws {Failure}
 */
export async function installSystemPackages(plan) {
  switch (plan.kind) {
    case 'nothing':
      return 'nothing to do'
    case 'mention':
      // Other distributions name their packages differently, and the programs may well be somewhere else.
      return `not found here: ${plan.packages.join(', ')} (Debian's names); going on without`
    case 'ask':
      throw new Failure('Debian packages are missing, and installing them needs an administrator.', {
        means: `Neither root nor sudo without a password is to be had here.`,
        next: `Run this line once, then the same command again:\n\n  ${plan.line}\n`,
      })
    case 'install':
      await aptInstall(plan)
      return `installed ${plan.packages.join(', ')}`
  }
}

/** @param {{ packages: string[], as: 'root' | 'sudo' }} plan */
async function aptInstall({ packages, as }) {
  const prefix = [...(as === 'sudo' ? ['sudo', '-n'] : []), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300']
  say(`      apt-get install ${packages.join(' ')}`)
  const updated = await runLogged('apt', [...prefix, 'update'], { finishes: true })
  // A list that could not be refreshed may still be good enough, so only the installation decides.
  const installed = await runLogged('apt', [...prefix, 'install', '-y', '--no-install-recommends', ...packages], { append: true, finishes: true })
  if (installed.code === 0) return
  throw new Failure('apt-get could not install the missing Debian packages.', {
    means: updated.code === 0 ? 'Debian has been asked, and refused.' : 'The package lists could not be refreshed either, so perhaps the network is away.',
    next: `Look at the lines above. By hand: ${as === 'sudo' ? 'sudo ' : ''}apt-get install ${packages.join(' ')}`,
    log: installed.log,
  })
}
