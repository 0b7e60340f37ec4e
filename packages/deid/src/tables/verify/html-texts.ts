/** Tags within a line: what they enclose is one word with what stands beside it. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup tspan u var wbr'.split(
    ' ',
  ),
)
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

const TAG = /<(\/?)([a-z][a-z0-9:-]*)([^>]*)>|<!--([\s\S]*?)(?:-->|$)|<![^>]*>/gi
const ATTRIBUTE = /[^\s"'=<>/]+\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g

/** Every text that a page holds: what is read, what its attributes say, its comments. */
export const htmlTexts = (html: string): readonly string[] => {
  const texts: string[] = []
  let text = ''
  let from = 0
  const endText = (): void => {
    if (text.trim() !== '') texts.push(decoded(text))
    text = ''
  }
  for (const match of html.matchAll(TAG)) {
    text += html.slice(from, match.index)
    from = match.index + match[0].length
    const [, , tag, attributes, comment] = match
    if (tag === undefined || !INLINE.has(tag.toLowerCase())) endText()
    if (comment !== undefined) texts.push(decoded(comment))
    for (const [, double, single, bare] of (attributes ?? '').matchAll(ATTRIBUTE))
      texts.push(decoded(double ?? single ?? bare ?? ''))
  }
  text += html.slice(from)
  endText()
  return texts
}

/** What a page that only tells may not have: scripts, handlers, and anything that a browser would fetch. */
const ACTIVE: readonly RegExp[] = [
  /<\/?(?:script|iframe|object|embed|applet|frame|link|base|form)\b/i,
  /<[^<>]*\son[a-z]+\s*=/i,
  /<[^<>]*\s(?:src|srcset|poster|data|action|formaction|background)\s*=(?!\s*["']?\s*(?:data:image\/|#))/i,
  /<(?:image|use)\b[^<>]*href\s*=(?!\s*["']?\s*(?:data:image\/|#))/i,
  /=\s*["']?\s*javascript:/i,
  /@import|url\((?!\s*["']?\s*(?:data:|#))/i,
  /http-equiv\s*=\s*["']?\s*refresh/i,
]

export const isActivePage = (html: string): boolean => ACTIVE.some((pattern) => pattern.test(html))
