import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
} from '@mantine/core'
import { COLOR_SCHEME_KEY, tellServer } from './color-scheme.ts'

/** A quiet blue-green. Shade 8 on white and white on shade 8 are 5.8 to 1. */
const harbor: MantineColorsTuple = [
  '#edf6f7',
  '#daeaec',
  '#b3d4d9',
  '#88bdc5',
  '#65aab4',
  '#4d9daa',
  '#3b8f9d',
  '#2b7d8a',
  '#1f6b78',
  '#0f5460',
]

/** The neutral ground of the dark scheme, a little towards the brand's hue. */
const dark: MantineColorsTuple = [
  '#d9dfe2',
  '#b9c2c7',
  '#9fabb1',
  '#75828a',
  '#46525a',
  '#37424a',
  '#29333a',
  '#1b2328',
  '#141b1f',
  '#0e1417',
]

export const theme = createTheme({
  primaryColor: 'harbor',
  // Shade 8 gives text on a filled button 4.5 to 1 or more in both schemes (WCAG 2.2, 1.4.3).
  primaryShade: 8,
  colors: { harbor, dark },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // Their `header` element would count as another banner of the page.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    // Its button is a picture without a name.
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    // Arrow keys move the focus and open nothing: a tab of a chart that is opened is an audit entry.
    // The list itself scrolls: a box around it would be one that no key scrolls.
    Select: {
      defaultProps: { withScrollArea: false },
      styles: { options: { maxHeight: 220, overflowY: 'auto' } },
    },
    Tabs: { defaultProps: { activateTabWithKeyboard: false } },
  },
})

/** Mantine's own greys and reds for secondary text and errors stay under 4.5 to 1 on white; these don't. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--cw-tabular': '"tnum" 1' },
  light: {
    '--mantine-color-dimmed': '#56636b',
    '--mantine-color-placeholder': '#65727a',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-body': '#f7f9f9',
    '--cw-surface': '#ffffff',
    '--cw-surface-quiet': '#eff3f4',
    '--cw-line': '#dbe2e5',
    '--cw-line-strong': '#84929a',
    '--cw-good': '#1a6b3c',
    '--cw-good-ground': '#e2f3e8',
    '--cw-warn': '#7d4e00',
    '--cw-warn-ground': '#fdf0d5',
    '--cw-bad': '#a4231b',
    '--cw-bad-ground': '#fce8e6',
    '--cw-info': '#1a5c69',
    '--cw-info-ground': '#e0f0f2',
    '--cw-chart-1': '#1f7f8e',
    '--cw-chart-2': '#c98a1b',
    '--cw-chart-3': '#c0392f',
  },
  dark: {
    '--mantine-color-dimmed': '#a3b0b7',
    '--mantine-color-placeholder': '#8997a0',
    '--mantine-color-error': '#ff9b92',
    '--mantine-color-body': '#12181b',
    '--cw-surface': '#1a2226',
    '--cw-surface-quiet': '#222b30',
    '--cw-line': '#313c43',
    '--cw-line-strong': '#74828b',
    '--cw-good': '#7fd6a1',
    '--cw-good-ground': '#16352a',
    '--cw-warn': '#f3c266',
    '--cw-warn-ground': '#3b2d10',
    '--cw-bad': '#ff9f97',
    '--cw-bad-ground': '#43201e',
    '--cw-info': '#86cbd6',
    '--cw-info-ground': '#16353b',
    '--cw-chart-1': '#5db8c6',
    '--cw-chart-2': '#e5b457',
    '--cw-chart-3': '#f0857b',
  },
})

const inStorage = localStorageColorSchemeManager({ key: COLOR_SCHEME_KEY })

export const colorSchemeManager: MantineColorSchemeManager = {
  ...inStorage,
  set: (scheme) => {
    inStorage.set(scheme)
    tellServer(scheme)
  },
  clear: () => {
    inStorage.clear()
    tellServer(null)
  },
}
