/** Nothing leaves the device but what the app asks for, and nothing of the browser's own dress shows. */
const quietSwitches = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-field-trial-config',
  '--disable-hang-monitor',
  '--disable-infobars',
  '--disable-prompt-on-repost',
  '--disable-search-engine-choice-screen',
  '--disable-session-crashed-bubble',
  '--disable-sync',
  '--hide-crash-restore-bubble',
  '--metrics-recording-only',
  '--password-store=basic',
  // A hidden window has to go on painting: show() must be instant.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // Electron lets pages play sound without a click.
  '--autoplay-policy=no-user-gesture-required',
]

const unwantedFeatures = [
  'AimEnabled',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'InterestFeedContentSuggestions',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  'Translate',
]

/** Switches that are ours to decide, or Electron's alone: an app that appends them changes nothing. */
const reserved = new Set([
  'user-data-dir',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'headless',
  'no-startup-window',
  'app',
  'no-sandbox',
  'test-type',
  'disable-features',
  'enable-features',
  'kiosk',
])

export type FlagInput = {
  profile: string
  switches: ReadonlyMap<string, string>
  isHeadless: boolean
  isRoot: boolean
  /** Opens this page in the first window. */
  startPage: string | undefined
}

/** Chromium's command line for one run of the app. */
export function chromiumFlags({ profile, switches, isHeadless, isRoot, startPage }: FlagInput): string[] {
  const features = (name: string, own: readonly string[]) => {
    const all = [...new Set([...own, ...(switches.get(name)?.split(',') ?? [])])].filter(Boolean)
    return all.length ? [`--${name}=${all.join(',')}`] : []
  }
  const port = switches.get('remote-debugging-port')
  return [
    ...quietSwitches,
    ...features('disable-features', unwantedFeatures),
    ...features('enable-features', []),
    ...[...switches].filter(([name]) => !reserved.has(name)).map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    ...(port === undefined ? [] : [`--remote-debugging-port=${port || '0'}`]),
    ...(isHeadless ? ['--headless=new', '--disable-gpu'] : ['--ozone-platform=x11']),
    // Chromium refuses to run its sandbox as root; nobody else may run without it. A test type keeps the first window
    // from warning of that with a bar that changes its layout.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
    ...(startPage === undefined ? ['--no-startup-window'] : [`--app=${startPage}`]),
  ]
}
