// @ts-check
/** electron-builder calls this for each platform, with the app laid out and not signed yet. */
import path from 'node:path'
import { blowFuses } from './lib/fuses.mjs'

/** @param {import('electron-builder').AfterPackContext} context */
// eslint-disable-next-line import/no-default-export -- electron-builder wants it so
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo
  const linuxName = /** @type {{ executableName?: string }} */ (packager).executableName ?? productFilename
  const names = { darwin: `${productFilename}.app`, win32: `${productFilename}.exe`, linux: linuxName }
  const name = names[/** @type {keyof typeof names} */ (electronPlatformName)]
  if (name === undefined) throw new Error(`no fuses are known for ${electronPlatformName}`)
  await blowFuses(path.join(appOutDir, name))
}
