// @ts-check
import fs from 'node:fs'
import path from 'node:path'

/**
 * @param {string} command
 * @param {string} [searchPath] PATH, unless told
 * @returns {string | undefined} the first executable file of that name
 */
export function which(command, searchPath = process.env['PATH'] ?? '') {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const folder of searchPath.split(path.delimiter)) {
    for (const end of endings) {
      const file = path.join(folder, command + end)
      try {
        fs.accessSync(file, fs.constants.X_OK)
        if (fs.statSync(file).isFile()) return file
      } catch {
        // Not here.
      }
    }
  }
  return undefined
}
