/** Addresses that a page under somebody else's control might try to go to or to open: 200 and more, all different. */

const schemes = [
  'http', 'https', 'ws', 'wss', 'ftp', 'file', 'filesystem', 'about', 'chrome', 'chrome-extension', 'devtools', 'view-source', 'chrome-error', 'mailto', 'tel', 'sms', 'steam',
  'tuppence', 'ms-settings', 'ms-msdt', 'search-ms', 'ms-officecmd', 'vscode', 'smb', 'ssh', 'telnet', 'magnet', 'intent', 'market', 'x-apple.systempreferences', 'itms-apps', 'facetime',
  'shell', 'vbscript', 'jar', 'res', 'ldap', 'irc', 'git', 'blob', 'data', 'cid', 'App', 'APP', 'app2', 'apps', 'xapp',
]

const hosts = [
  'evil.example', 'launcher', 'confirm', 'launcher.evil.example', 'evil.example.', 'launcher%2eevil.example', 'xn--lauch-xya.example', 'läuncher.example', 'lаuncher', 'launcher\u200b', 'ｌauncher',
  'user@evil.example', 'app@evil.example', 'launcher:pass@evil.example', 'launcher@evil.example', 'evil.example:80', 'evil.example:0', 'evil.example:65535', 'launcher:80', '127.0.0.1', '0x7f.1',
  '2130706433', '[::1]', '[::ffff:7f00:1]', 'localhost', '169.254.169.254', 'evil。example', '%65vil.example',
]

const paths = [
  '/../../etc/passwd', '/%2e%2e/%2e%2e/secret', '/..%5c..%5csecret', '/confirm/index.html', '/launcher/index.html#/%2F%2Fevil', '//evil.example/x', '/\\evil.example', '/launcher/index.html?next=https://evil.example',
]

const single = [
  'javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'javascript://launcher/%0aalert(1)', 'vbscript:msgbox(1)', 'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==', 'data:,', 'data:image/svg+xml,<svg onload=alert(1)>', 'about:blank', 'about:srcdoc', 'about:blank#x', 'blob:https://evil.example/0d0c', 'blob:null/0d0c',
  'file:///etc/passwd', 'file://evil.example/share', 'file:////evil.example/share', 'file:///proc/self/environ', 'file:///C:/Windows/win.ini', '//evil.example/', '///evil.example', '\\\\evil.example\\share', '/\\evil.example', 'https:evil.example',
  'https:///evil.example', 'https:\\\\evil.example', 'http://evil.example\\@launcher/', 'http://launcher\\.evil.example', 'https://evil.example/%00', 'https://evil.example/\u202egnp.exe',
  'view-source:app://launcher/launcher/index.html', 'view-source:file:///etc/passwd', 'chrome://gpu', 'chrome://settings', 'chrome://crash', 'chrome://kill', 'chrome://version', 'chrome://inspect', 'devtools://devtools/bundled/inspector.html', 'app://', 'app:', 'app:///', 'app:evil', 'app://confirm', 'app://confirm/confirm/index.html',
  'app://launcher.evil/launcher/index.html', 'app://launcher:80/launcher/index.html', 'app://user@launcher/launcher/index.html', 'filesystem:app://launcher/temporary/x.html', 'intent://evil.example#Intent;scheme=https;end', 'https://evil.example/?card=4242424242424242',
]

/** Each once, in a fixed order. */
export const hostileUrls: readonly string[] = [
  ...new Set([
    ...single,
    ...schemes.map((scheme) => `${scheme}://evil.example/${scheme}`),
    ...schemes.filter((scheme) => !['about', 'data', 'blob', 'filesystem', 'view-source'].includes(scheme)).map((scheme) => `${scheme}:payload`),
    ...hosts.flatMap((host) => [`https://${host}/`, `app://${host}/launcher/index.html`]).filter((url) => url !== 'app://launcher/launcher/index.html'),
    ...paths.flatMap((path) => [`https://evil.example${path}`, `app://evil${path}`, `app://confirm${path}`]),
  ]),
]
