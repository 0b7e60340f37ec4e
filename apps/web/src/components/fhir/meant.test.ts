import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Labels, type Meaning, Meant, MeantValue } from './meant.tsx'

const meaning = (of: Partial<Meaning>): Meaning => ({
  standing: 'said',
  words: [],
  counts: true,
  struck: false,
  labels: [],
  ...of,
})

const drawn = (
  component: typeof Meant | typeof MeantValue,
  of: Partial<Meaning>,
  children: ReactNode,
): string => renderToStaticMarkup(createElement(component, { meaning: meaning(of), children }))

const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, '')

describe('what a record says', () => {
  it('stands alone where it is as it reads', () => {
    expect(drawn(Meant, {}, 'Asthma')).toBe('Asthma')
    expect(drawn(MeantValue, {}, '70 kg')).toBe('70 kg')
  })
  it('begins with the words of what negates it, and an order not to do something is not struck through', () => {
    const html = drawn(Meant, { standing: 'negated', words: ['Do not give'] }, 'Warfarin')
    expect(textOf(html)).toBe('Do not give: Warfarin')
    expect(html).not.toContain('<s>')
  })
  it('is struck through where it never was, and the words say so to who can’t see a line', () => {
    for (const of of [
      { standing: 'retracted', words: ['Entered in error'], struck: true },
      { standing: 'negated', words: ['Refuted'], struck: true },
    ] as const) {
      const html = drawn(Meant, { ...of, words: [...of.words] }, 'Epilepsy')
      expect(html).toContain('<s>Epilepsy</s>')
      expect(textOf(html)).toBe(`${of.words[0]}: Epilepsy`)
      const value = drawn(MeantValue, { ...of, words: [...of.words] }, '700 kg')
      expect(value).toContain('<s>700 kg</s>')
      expect(textOf(value)).toBe(`${of.words[0]}: 700 kg`)
    }
  })
  it('says that nobody here understands what changes it, also without words', () => {
    expect(textOf(drawn(Meant, { standing: 'unknown' }, 'Penicillin'))).toBe(
      'Changed by something this system doesn’t understand: Penicillin',
    )
  })
  it('shows its labels in words', () => {
    const html = renderToStaticMarkup(createElement(Labels, { meaning: meaning({ labels: ['Restricted'] }) }))
    expect(textOf(html)).toBe('Restricted')
  })
})
