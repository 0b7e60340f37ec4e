import { readFileSync } from 'node:fs'
import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core'
import { describe, expect, it } from 'vitest'
import { resolveScheme, schemeCookie } from './color-scheme.ts'
import { cssVariables, theme } from './theme.ts'

describe('the colour scheme', () => {
  it('is the person’s, and the system’s for whoever has chosen none or something that is none', () => {
    expect([resolveScheme('light', true), resolveScheme('dark', false)]).toEqual(['light', 'dark'])
    expect([resolveScheme(null, true), resolveScheme('auto', false)]).toEqual(['dark', 'light'])
  })

  it('is told to the server as one of two words, and taken back where none is chosen', () => {
    expect(schemeCookie('dark')).toBe(
      '__Host-chartward-scheme=dark; Path=/; Secure; SameSite=Strict; Max-Age=31536000',
    )
    for (const none of [null, 'auto', 'dark; Domain=elsewhere.example'])
      expect(schemeCookie(none)).toBe('__Host-chartward-scheme=; Path=/; Secure; SameSite=Strict; Max-Age=0')
  })
})

describe('the frame that is painted before the theme is there', () => {
  const css = readFileSync(new URL('../app/frame.css', import.meta.url), 'utf8')
  /** The values of a variable in the order of the style sheet: light, dark by the system, dark by choice. */
  const valuesOf = (name: string): string[] =>
    [...css.matchAll(new RegExp(`--frame-${name}: (#\\w+);`, 'g'))].map(([, value = '']) => value)

  it.each([
    ['ground', '--mantine-color-body'],
    ['surface', '--cw-surface'],
    ['quiet', '--cw-surface-quiet'],
    ['line', '--cw-line'],
  ] as const)('has the theme’s %s in both schemes', (name, variable) => {
    const { light, dark } = cssVariables(mergeMantineTheme(DEFAULT_THEME, theme))
    expect(valuesOf(name)).toEqual([light[variable], dark[variable], dark[variable]])
  })
})
