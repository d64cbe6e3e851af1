// @ts-check

/**
 * Whether windows can be shown to a person here.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [platform]
 */
export const hasDisplay = (env = process.env, platform = process.platform) =>
  platform !== 'linux' || isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY'])

/** @param {string | undefined} value */
const isSet = (value) => value !== undefined && value !== ''
