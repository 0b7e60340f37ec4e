import * as z from 'zod'

/** A built page's text, and what of it differs from one response to the next. Pure. */

/** Told by the console (apps/web/src/lib/color-scheme.ts), for what is painted before it runs. */
export const SCHEME_COOKIE = '__Host-chartward-scheme'

/** One of the build's own files, named by what is in it. */
const asset = z.string().regex(/^assets\/[\w.-]+-[\w-]{8}\.(js|css)$/)

/** Written by apps/web/scripts/write-preloads.ts: what each page of the console loads beside its entry. */
const preloads = z.array(z.strictObject({ path: z.string().regex(/^\/[\w/$-]*$/), files: z.array(asset) }))

export type Preloads = (path: string) => string

const linkTo = (file: string): string =>
  file.endsWith('.css')
    ? `<link rel="preload" as="style" crossorigin href="/${file}">`
    : `<link rel="modulepreload" crossorigin href="/${file}">`

/** `$id` of a page's path stands for any one part of an address. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/]+')}$`)

/**
 * From the build's list, the links of a page: its code is fetched with the entry's and not after it has run.
 * An address that is no page has none. Throws where the list names anything but the build's own files.
 */
export const readPreloads = (json: string): Preloads => {
  const pages = preloads
    .parse(JSON.parse(json))
    .map(({ path, files }) => ({ pattern: patternOf(path), links: files.map(linkTo).join('') }))
  return (path) => pages.find(({ pattern }) => pattern.test(path))?.links ?? ''
}

interface Filling {
  readonly nonce: string
  readonly mode: string
  readonly timeZone: string
  /** What came in the cookie. */
  readonly scheme: string | undefined
  readonly preloads: string
  /** Whether the empty frame of the console is painted while its code loads. */
  readonly framed: boolean
}

const FRAME = /<!--__FRAME__-->.*?<!--__END_FRAME__-->/gs

export const fillPage = (html: string, { nonce, mode, timeZone, scheme, ...rest }: Filling): string =>
  (rest.framed ? html : html.replaceAll(FRAME, ''))
    .replace('</head>', () => `${rest.preloads}</head>`)
    .replaceAll('__CSP_NONCE__', nonce)
    .replaceAll('__MODE__', mode)
    .replaceAll('__TIME_ZONE__', timeZone)
    .replaceAll('__SCHEME__', scheme === 'light' || scheme === 'dark' ? scheme : '')
