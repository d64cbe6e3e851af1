import process from 'node:process'

/** The `process` a sandboxed preload sees; functions cannot be sent, so it is plain values. */
export function rendererProcess(additionalArguments: string[]): { [key: string]: unknown } {
  return {
    type: 'renderer',
    platform: process.platform,
    arch: process.arch,
    versions: { ...process.versions },
    version: process.version,
    argv: [process.argv[0], ...additionalArguments],
    execPath: process.argv[0],
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    defaultApp: true,
  }
}
