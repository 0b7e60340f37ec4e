/**
 * The first import of every entry. The page demands Trusted Types, and the one policy it allows lets plain
 * text through to `innerHTML` (Mantine fills its style tags that way) and refuses anything that could be
 * markup.
 */

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown
}

/** Returns the text unchanged. Throws TypeError for a text with `<`; the message doesn't repeat it. */
export const plainTextOnly = (text: string): string => {
  if (text.includes('<')) throw new TypeError('Markup was refused: only plain text may be set as HTML.')
  return text
}

const policyFactory = (): PolicyFactory | undefined => {
  const candidate: unknown = Reflect.get(globalThis, 'trustedTypes')
  return isPolicyFactory(candidate) ? candidate : undefined
}

const isPolicyFactory = (value: unknown): value is PolicyFactory =>
  typeof value === 'object' && value !== null && 'createPolicy' in value

policyFactory()?.createPolicy('default', { createHTML: plainTextOnly })
