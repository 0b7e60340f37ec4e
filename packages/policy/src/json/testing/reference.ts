import fc from 'fast-check'

/**
 * A slow reader of JSON, character by character, that shares nothing with what it is compared with: what the
 * text says, keys and digits as they stand.
 */
type Node =
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Node])[] }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'literal'; readonly text: string }

class SlowReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): Node {
    const node = this.#value()
    this.#space()
    if (this.#at !== this.#text.length) throw new Error('there is more')
    return node
  }

  #space(): void {
    while (' \n\r\t'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1
  }

  #take(char: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== char) return false
    this.#at += 1
    return true
  }

  #string(): string {
    const start = this.#at
    for (this.#at += 1; this.#text[this.#at] !== '"'; this.#at += 1)
      if (this.#text[this.#at] === '\\') this.#at += 1
    this.#at += 1
    return String(JSON.parse(this.#text.slice(start, this.#at)))
  }

  #value(): Node {
    this.#space()
    if (this.#text[this.#at] === '"') return { kind: 'string', value: this.#string() }
    if (this.#take('{')) {
      const members: (readonly [string, Node])[] = []
      while (!this.#take('}')) {
        this.#take(',')
        this.#space()
        const key = this.#string()
        this.#take(':')
        members.push([key, this.#value()])
      }
      return { kind: 'object', members }
    }
    if (this.#take('[')) {
      const items: Node[] = []
      while (!this.#take(']')) {
        this.#take(',')
        items.push(this.#value())
      }
      return { kind: 'list', items }
    }
    const start = this.#at
    while (!',]} \n\r\t'.includes(this.#text[this.#at] ?? ',')) this.#at += 1
    return { kind: 'literal', text: this.#text.slice(start, this.#at) }
  }
}

/** Where each key stands that its object has had before, outermost first, in the order of the text. */
export const referencePaths = (text: string): (readonly (string | number)[])[] => {
  const found: (readonly (string | number)[])[] = []
  const look = (node: Node, path: readonly (string | number)[]): void => {
    if (node.kind === 'list') for (const [at, item] of node.items.entries()) look(item, [...path, at])
    if (node.kind !== 'object') return
    const seen = new Set<string>()
    for (const [key, member] of node.members) {
      if (seen.has(key)) found.push([...path, key])
      seen.add(key)
      look(member, [...path, key])
    }
  }
  look(new SlowReader(text).read(), [])
  return found
}

/**
 * The text without white space and needless escapes, its digits as they stand; members as an object orders
 * them.
 */
export const referenceText = (text: string): string => {
  const write = (node: Node): string => {
    if (node.kind === 'literal') return node.text
    if (node.kind === 'string') return JSON.stringify(node.value)
    if (node.kind === 'list') return `[${node.items.map(write).join(',')}]`
    const written = new Map(node.members.map(([key, member]) => [key, write(member)]))
    const order = Object.keys(
      JSON.parse(`{${[...written.keys()].map((key) => `${JSON.stringify(key)}:0`).join()}}`),
    )
    return `{${order.map((key) => `${JSON.stringify(key)}:${written.get(key)}`).join(',')}}`
  }
  return write(new SlowReader(text).read())
}

const digits = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constantFrom('0', '1', '12', '9007199254740993'),
      fc.bigInt({ min: 1n, max: 10n ** 25n }).map(String),
    ),
    fc.oneof(
      fc.constant(''),
      fc.stringMatching(/^\.\d{1,20}$/),
      fc.constantFrom('.0', '.50', '.0000001', '.004'),
    ),
    fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map((parts) => parts.join(''))

const TRICKY = ['a', 'b', 'ab', '', '__proto__', '7', ':', '\u0000', '\u00001.50', 'é', '〇']
/**
 * In values alone: after a key with a backslash, V8 13.6 may read an escaped key of another object as that
 * one.
 */
const WITH_BACKSLASHES = ['\\', '\\"', '":', '":1.50', '{"a":1.50,', '","a":1.50']

const escaped = (value: string): string =>
  `"${[...Array(value.length).keys()].map((at) => `\\u${value.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`

/** Strings that look like structure, with escapes that need not be there. */
const quoted = (strings: readonly string[]): fc.Arbitrary<string> =>
  fc
    .oneof(fc.constantFrom(...strings), fc.stringMatching(/^[a-z :,.[\]{}0-9-]{0,6}$/))
    .chain((value) => fc.constantFrom(JSON.stringify(value), escaped(value)))
const key = quoted(TRICKY)
const string = quoted([...TRICKY, ...WITH_BACKSLASHES])

const space = fc.constantFrom('', '', '', ' ', '\n  ', '\t', '\r\n')

/**
 * JSON as text, since what is meant here is lost in a value: digits, escapes, white space, keys given twice.
 */
export const anyText = ({ duplicates }: { readonly duplicates: boolean }): fc.Arbitrary<string> =>
  fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      digits,
      string,
      fc.constantFrom('true', 'false', 'null'),
      tie('object'),
      tie('list'),
    ),
    object: fc.array(fc.tuple(key, space, space, tie('value'), space), { maxLength: 5 }).map((members) => {
      const kept = duplicates
        ? members
        : [...new Map(members.map((one) => [JSON.parse(one[0]), one])).values()]
      return `{${kept.map(([name, before, behind, value, end]) => `${name}${before}:${behind}${value}${end}`).join(',')}}`
    }),
    list: fc
      .array(fc.tuple(space, tie('value'), space), { maxLength: 5 })
      .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
  })).value
