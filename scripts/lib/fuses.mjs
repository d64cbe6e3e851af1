// @ts-check
/** The switches inside Electron's binary, set for good in what people install. */
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * Every fuse has its own line, with what it is for (electronjs.org/docs/latest/tutorial/fuses). Packing fails when the binary has
 * one more than these.
 *
 * @satisfies {Record<FuseV1Options, boolean>}
 */
export const fuses = /** @type {const} */ ({
  // No plain Node: ELECTRON_RUN_AS_NODE would run any script under our name.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // Neither NODE_OPTIONS nor NODE_EXTRA_CA_CERTS, before our own code could refuse them.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // Neither --inspect nor SIGUSR1: Node's inspector would listen before our own code runs.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // As Electron has it: how V8 notices WebAssembly that reads beyond its memory. Without it, it checks each access.
  [FuseV1Options.WasmTrapHandlers]: true,
})

/** @param {string} binary Electron's executable, or on macOS the folder of the app */
export const blowFuses = (binary) => flipFuses(binary, { version: FuseVersion.V1, strictlyRequireAllFuses: true, resetAdHocDarwinSignature: false, ...fuses })
