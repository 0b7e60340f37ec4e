import { createServer } from 'node:http'
import type { ProgressView } from './progress.ts'

/** How often the page asks again, in seconds. */
const AGAIN_S = 2

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'retry-after': String(AGAIN_S),
} as const

const STYLE_PATH = '/start.css'
const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; min-height: 90vh; place-content: center; margin: 0; padding: 1rem }
main { width: min(28rem, 90vw) }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem }
progress { width: 100%; height: .75rem; accent-color: #0b7285 }
p { margin: .5rem 0 }
`

const leftText = (seconds: number | null): string => {
  if (seconds === null) return 'How long it takes is said in a moment.'
  if (seconds <= 5) return 'A few seconds are left.'
  const rounded = Math.ceil(seconds / 5) * 5
  return rounded < 90
    ? `About ${rounded} seconds are left.`
    : `About ${Math.ceil(rounded / 60)} minutes are left.`
}

/** A page of plain HTML that loads itself anew: once the console is there, it is what comes. */
export const startPage = ({ what, percent, secondsLeft }: ProgressView): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${AGAIN_S}">
<title>${percent} % - Chartward is starting</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
<h1>The demo is being made</h1>
<p id="what">${what}</p>
<progress max="100" value="${percent}" aria-labelledby="what"></progress>
<p>${percent} %. ${leftText(secondsLeft)}</p>
<p>Nobody can sign in before it is complete. This page then leads there by itself; how to sign in is printed on the terminal.</p>
</main>
</body>
</html>
`

export interface StartPage {
  /** Lets go of the port. */
  close(): Promise<void>
}

/**
 * Answers at the demo's address while the demo is made: pages with the page above, `/healthz` and `/readyz`
 * with `starting`, and everything else with nothing. Rejects where the port can't be had.
 */
export const openStartPage = async (
  { host, port }: { readonly host: string; readonly port: number },
  view: () => ProgressView,
): Promise<StartPage> => {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/healthz' || path === '/readyz') {
      response
        .writeHead(path === '/healthz' ? 200 : 503, { ...HEADERS, 'content-type': 'application/json' })
        .end(JSON.stringify({ status: 'starting' }))
    } else if (path === STYLE_PATH) {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/css; charset=utf-8' }).end(STYLE)
    } else if (request.method === 'GET' && request.headers.accept?.includes('text/html') === true) {
      response
        .writeHead(503, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' })
        .end(startPage(view()))
    } else response.writeHead(503, HEADERS).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  return {
    close: async () => {
      if (!server.listening) return
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
