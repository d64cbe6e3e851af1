/** True in sandbox builds, false in production builds; a constant, so that a bundler drops what is not for the build. */
declare const __SANDBOX__: boolean
/** The version of package.json; the runtime knows it only where it was started by the app's folder. */
declare const __VERSION__: string
/** True under the development server only. */
declare const __DEV__: boolean
/** True in production builds: they do not start with switches that would let others look into them. */
declare const __REFUSES__: boolean
