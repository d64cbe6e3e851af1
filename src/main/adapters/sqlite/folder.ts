import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes the names in a folder durable. Windows has no such call and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') syncFile(folder)
}

/** Makes the bytes of a file durable. */
export function syncFile(file: string): void {
  const fd = openSync(file, process.platform === 'win32' ? 'r+' : 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
